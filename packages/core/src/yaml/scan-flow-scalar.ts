import { isBlankOrEnd, isBreak, skipBreak } from "./characters.ts";
import { refuse, type Scanner } from "./scanner.ts";

/** Scans a plain scalar, which may go on over more deeply indented lines. */
export function scanPlain(scanner: Scanner): void {
  const { text, at: start, flow, indent } = scanner;
  let at = start;
  let end = start;
  let simple = true;
  while (text.charCodeAt(at) !== 35) {
    const wordEnd = endOfWord(text, at, flow);
    if (wordEnd > at) {
      simple &&= scanner.lineStart <= end;
      end = wordEnd;
    }
    at = skipSpace(scanner, wordEnd);
    if (at === wordEnd || (flow === 0 && at - scanner.lineStart <= indent)) break;
  }
  if (scanner.refusal !== undefined) return;
  scanner.tokens.push({ kind: "scalar", start, end, opens: 0, style: "plain", simple, block: undefined });
  scanner.at = at;
  if (scanner.lineStart > end) scanner.mayStartKey = true;
}

/** Goes over blanks and line breaks; a tab must not stand where the lines of a plain scalar are indented. */
function skipSpace(scanner: Scanner, from: number): number {
  const { text, indent } = scanner;
  let at = from;
  for (let code = text.charCodeAt(at); code !== 0 && isBlankOrEnd(code); code = text.charCodeAt(at)) {
    if (isBreak(code)) {
      at = skipBreak(text, at);
      scanner.lineStart = at;
    } else if (code === 9 && scanner.lineStart > from && at - scanner.lineStart <= indent) {
      refuse(scanner, at, at + 1, "kubectl takes no tab here; indent with spaces");
      break;
    } else at += 1;
  }
  return at;
}

/** Scans a quoted scalar; its lines may be indented in any way. */
export function scanQuoted(scanner: Scanner, quote: '"' | "'"): void {
  const { text, at: start } = scanner;
  const style = quote === '"' ? "double" : "single";
  const closing = quote.charCodeAt(0);
  let simple = true;
  let at = start + 1;
  for (let code = text.charCodeAt(at); code !== closing || isDoubled(text, at, style); code = text.charCodeAt(at)) {
    const length = stepLength(text, at, style);
    if (length === 0) {
      if (code === 0) refuse(scanner, start, start + 1, `the text that this ${quote} opens is not closed`);
      else refuse(scanner, at, at + 2, "kubectl knows no such escape; write `\\\\` for a backslash");
      return;
    }
    simple &&= code !== closing && code !== 92 && !isBreak(code);
    at += length;
    if (isBreak(code)) scanner.lineStart = at;
  }
  scanner.tokens.push({ kind: "scalar", start, end: at + 1, opens: 0, style, simple, block: undefined });
  scanner.at = at + 1;
}

/** The length of what a character of quoted text begins: a line break, an escape, itself; 0 where the text ends or the escape is none. */
function stepLength(text: string, at: number, style: "double" | "single"): number {
  const code = text.charCodeAt(at);
  if (code === 0) return 0;
  if (isBreak(code)) return skipBreak(text, at) - at;
  if (code === 39 && style === "single") return 2;
  return code === 92 && style === "double" ? escapeLength(text, at) : 1;
}

/** Two single quotes stand for one. */
function isDoubled(text: string, at: number, style: "double" | "single"): boolean {
  return style === "single" && text.charCodeAt(at + 1) === 39;
}

function endOfWord(text: string, from: number, flow: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); !isBlankOrEnd(code); code = text.charCodeAt(++at)) {
    if (code === 58 && isBlankOrEnd(text.charCodeAt(at + 1))) break;
    if (flow > 0 && (code === 44 || code === 63 || code === 91 || code === 93 || code === 123 || code === 125)) break;
  }
  return at;
}

/** The length of the escape at `at`, 0 for one that kubectl refuses. An escaped line break is left for the caller to skip. */
function escapeLength(text: string, at: number): number {
  const code = text.charCodeAt(at + 1);
  if (isBreak(code)) return 1;
  const character = text[at + 1] ?? "";
  if ("0abt\tnvfre \"'\\N_LP".includes(character)) return 2;
  const digits = { x: 2, u: 4, U: 8 }[character] ?? 0;
  const hex = text.slice(at + 2, at + 2 + digits);
  if (digits === 0 || !/^[\da-fA-F]+$/.test(hex) || hex.length < digits) return 0;
  const point = Number.parseInt(hex, 16);
  return point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) ? 0 : 2 + digits;
}
