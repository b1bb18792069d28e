import type { ScalarNode } from "./node.ts";
import { resolvePlain } from "./resolve-scalar.ts";

/** A document being read line by line. Its text ends with a line feed. */
export interface SimpleReader {
  readonly text: string;
  readonly base: number;
  at: number;
  lineStart: number;
  /** Where the first token of the line stands; -1 at the end of the text. */
  column: number;
  /** The end of what was taken last. */
  end: number;
  depth: number;
}

/** Where a text is not as simple as it should be: no line has this column, so nothing reads on. */
const nowhere = -2;

/** Goes from the end of a line's tokens to the first token of the next line that has any. */
export function toNextLine(reader: SimpleReader): void {
  const { text } = reader;
  let { at } = reader;
  for (;;) {
    const start = at;
    let code = at < text.length ? text.charCodeAt(at) : 0;
    while (code === 32) code = text.charCodeAt(++at);
    if (code === 35) {
      at = endOfComment(text, at);
      code = text.charCodeAt(at);
    }
    if (code !== 10) {
      reader.at = at;
      reader.lineStart = start;
      reader.column = at === text.length ? -1 : startsMarker(text, start) ? nowhere : at - start;
      return;
    }
    at += 1;
  }
}

/** The offset of the line feed behind a comment, or of a character that a comment may not hold. */
function endOfComment(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code !== 10 && !isUnusual(code); ) code = text.charCodeAt(++at);
  return at;
}

/** A line that starts with `---` or `...` may end a document. */
function startsMarker(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code === 45 || code === 46) && text.charCodeAt(at + 1) === code && text.charCodeAt(at + 2) === code;
}

/** Control characters, tabs among them, and line breaks and marks beyond ASCII have rules of their own, or are refused. */
function isUnusual(code: number): boolean {
  if (code < 0x7f) return code < 32;
  return code < 0xa0 || code === 0x2028 || code === 0x2029 || code === 0xfeff || code > 0xfffd;
}

/** The offset of the next character that is no space. */
export function skipSpaces(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 32) at += 1;
  return at;
}

/** Tells whether a space or the line's end stands at an offset. */
export function isBlankAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || code === 10;
}

/**
 * Reads a scalar that stands on its line as it is, and goes to what follows it: a key's colon, a comment or the line's end.
 * Undefined where anything else follows or begins here.
 */
export function readSimpleScalar(reader: SimpleReader): ScalarNode | undefined {
  const { text, at } = reader;
  const code = text.charCodeAt(at);
  if (code === 34 || code === 39) return readQuoted(reader, code);
  // `-`, `?` and `:` begin a scalar where no blank follows.
  if (code === 45 || code === 63 || code === 58 ? isBlankAt(text, at + 1) : beginsNoScalar(code)) return undefined;
  return readPlain(reader);
}

function readPlain(reader: SimpleReader): ScalarNode | undefined {
  const { text, at: start, base } = reader;
  let at = start;
  let end = start;
  for (let code = text.charCodeAt(at); code !== 10; code = text.charCodeAt(++at)) {
    // Most characters are letters and the like, which are looked at no further.
    if (code <= 35 || code === 58 || code >= 0x7f) {
      if (code === 32) continue;
      if (code === 58 && isBlankAt(text, at + 1)) break;
      if (code === 35 && end < at) break;
      if (isUnusual(code)) return undefined;
    }
    end = at + 1;
  }
  reader.at = at;
  reader.end = end;
  const content = text.slice(start, end);
  const span = { start: base + start, end: base + end };
  const value = resolvePlain(content);
  // kubectl refuses a document with such a number.
  if (typeof value === "number" && !Number.isFinite(value)) return undefined;
  return { type: "scalar", span, style: "plain", text: content, value };
}

function readQuoted(reader: SimpleReader, quote: 34 | 39): ScalarNode | undefined {
  const { text, at: start, base } = reader;
  let at = start + 1;
  for (let code = text.charCodeAt(at); code !== quote; code = text.charCodeAt(++at)) {
    // A line break or an escape.
    if (code === 92 || isUnusual(code)) return undefined;
  }
  const end = at + 1;
  const next = skipSpaces(text, end);
  const code = text.charCodeAt(next);
  const ends = code === 10 || (code === 35 && next > end) || (code === 58 && isBlankAt(text, next + 1));
  if (!ends) return undefined;
  reader.at = next;
  reader.end = end;
  const content = text.slice(start + 1, at);
  const span = { start: base + start, end: base + end };
  return { type: "scalar", span, style: quote === 34 ? "double" : "single", text: content, value: content };
}

/** An indicator, of which none begins a plain scalar: `#`, `,`, `[`, `]`, `{`, `}`, `&`, `*`, `!`, `|`, `>`, `%`, `@`, a backtick. */
function beginsNoScalar(code: number): boolean {
  switch (code) {
    case 33:
    case 35:
    case 37:
    case 38:
    case 42:
    case 44:
    case 62:
    case 64:
    case 91:
    case 93:
    case 96:
    case 123:
    case 124:
    case 125:
      return true;
    default:
      return false;
  }
}
