import type { Span } from "../text/span.ts";

/** A scalar as a reader sees it that takes half-typed text for what it was meant to be. */
export interface LooseScalar {
  /** Quotes included. */
  readonly span: Span;
  readonly quote: '"' | "'" | undefined;
  /** The content without quotes; escapes stay as they are. */
  readonly text: string;
}

/** The offset behind the quote that closes the one at `at`, or -1 where none does before `end`, or on the same line. */
export function closeQuote(text: string, at: number, end: number, sameLine = false): number {
  const quote = text.charCodeAt(at);
  for (let offset = at + 1; offset < end; offset += 1) {
    const code = text.charCodeAt(offset);
    if (sameLine && (code === 10 || code === 13)) return -1;
    if (quote === 34 && code === 92) offset += 1;
    else if (code === quote) {
      if (quote !== 39 || text.charCodeAt(offset + 1) !== 39) return offset + 1;
      offset += 1;
    }
  }
  return -1;
}

/** Reads a scalar between two offsets; with a quote at its start and none at its end the quote was not closed yet. */
export function looseScalar(text: string, start: number, end: number): LooseScalar {
  const first = text[start];
  const quote = first === '"' || first === "'" ? first : undefined;
  const closed = quote !== undefined && end - start > 1 && text[end - 1] === quote;
  const content = text.slice(quote === undefined ? start : start + 1, closed ? end - 1 : end);
  return { span: { start, end }, quote, text: content };
}

/** Goes over blanks that are no line breaks. */
export function skipSpaces(text: string, at: number, end: number): number {
  let offset = at;
  while (offset < end && isSpace(text.charCodeAt(offset))) offset += 1;
  return offset;
}

/** Goes back from `end` over blanks that are no line breaks. */
export function trimSpaces(text: string, start: number, end: number): number {
  let offset = end;
  while (offset > start && isSpace(text.charCodeAt(offset - 1))) offset -= 1;
  return offset;
}

/** Tells whether a character is a blank or a tab. */
export function isSpace(code: number): boolean {
  return code === 32 || code === 9;
}
