import { closeQuote, isSpace, type LooseScalar, looseScalar, skipSpaces, trimSpaces } from "./outline-quote.ts";
import { endOfLine } from "./skip.ts";

/** What one line of block style shows by itself: its indentation, dashes, key and where its value starts. */
export interface LineShape {
  readonly start: number;
  /** Without the line break. */
  readonly end: number;
  /** The first character that is no blank, or the line's end. */
  readonly first: number;
  /** The indentation as a column; a tab, which YAML does not take, counts as two. */
  readonly column: number;
  readonly tabs: boolean;
  /** The offsets of its `-`. */
  readonly dashes: readonly number[];
  /** Where the content begins behind dashes, anchors and tags; the end of what is there when there is none. */
  readonly content: number;
  /** The line begins with the `?` of a key that stands alone. */
  readonly explicit: boolean;
  readonly key: LooseScalar | undefined;
  /** The offset of the colon behind the key; -1 without one. */
  readonly colon: number;
  /** Where the value begins, behind anchor and tag; -1 when there is none. */
  readonly value: number;
  /** Where the line's text ends, before its comment and the blanks in front of it. In flow style that is not looked at. */
  readonly textEnd: number;
  /** The offset of the `#`, or the line's end. */
  readonly comment: number;
}

/** Reads the shape of the line that starts at an offset. */
export function readShape(text: string, start: number, limit: number): LineShape {
  const end = endOfLine(text, start, limit);
  const bom = start === 0 && text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const first = skipSpaces(text, start + bom, end);
  const tabs = countTabs(text, start, first);
  const column = first - start - bom + tabs;
  const dashes: number[] = [];
  let at = first;
  while (text[at] === "-" && endsWord(text, at + 1, end)) {
    dashes.push(at);
    at = skipSpaces(text, at + 1, end);
  }
  const explicit = text[at] === "?" && endsWord(text, at + 1, end);
  if (explicit) at = skipSpaces(text, at + 1, end);
  const content = skipProperties(text, at, end);
  return { start, end, first, column, tabs: tabs > 0, dashes, content, explicit, ...readContent(text, content, end) };
}

/** The column of a place on a line, as the reader counts columns. */
export function columnAt(shape: LineShape, at: number): number {
  return at < shape.first ? at - shape.start : shape.column + at - shape.first;
}

/** Tells whether a line is empty, or nothing but a comment or a template's own statement. */
export function isIdle(text: string, { first, end, comment }: LineShape): boolean {
  if (first === end || first === comment) return true;
  return text.charCodeAt(first) === 123 && (text[first + 1] === "{" || text[first + 1] === "%");
}

/** How many tabs the indentation has. */
function countTabs(text: string, from: number, to: number): number {
  let tabs = 0;
  for (let at = from; at < to; at += 1) if (text.charCodeAt(at) === 9) tabs += 1;
  return tabs;
}

type Content = Pick<LineShape, "key" | "colon" | "value" | "textEnd" | "comment">;

function readContent(text: string, at: number, end: number): Content {
  const none = { key: undefined, colon: -1, value: -1 };
  if (at === end || isComment(text, at)) return { ...none, textEnd: at, comment: at };
  const colon = findColon(text, at, end);
  if (colon === -1) return { ...none, value: at, ...findText(text, at, end) };
  const key = looseScalar(text, at, trimSpaces(text, at, colon));
  const value = skipProperties(text, skipSpaces(text, colon + 1, end), end);
  if (value === end || isComment(text, value)) return { key, colon, value: -1, textEnd: colon + 1, comment: value };
  return { key, colon, value, ...findText(text, value, end) };
}

/** The colon that makes what stands at an offset a key, or -1. */
function findColon(text: string, at: number, end: number): number {
  const first = text.charCodeAt(at);
  if (first === 58 && endsWord(text, at + 1, end)) return at;
  if (first === 34 || first === 39) {
    const close = closeQuote(text, at, end);
    const colon = close === -1 ? -1 : skipSpaces(text, close, end);
    return colon !== -1 && text[colon] === ":" && endsWord(text, colon + 1, end) ? colon : -1;
  }
  if ("[{|>*".includes(text.charAt(at))) return -1;
  for (let offset = at; offset < end; offset += 1) {
    if (text.charCodeAt(offset) === 58 && endsWord(text, offset + 1, end)) return offset;
    if (isComment(text, offset)) return -1;
  }
  return -1;
}

/** Where a scalar's text ends on its line and where the comment behind it begins. */
function findText(text: string, at: number, end: number): Pick<LineShape, "textEnd" | "comment"> {
  const first = text.charAt(at);
  if (first === "[" || first === "{") return { textEnd: trimSpaces(text, at, end), comment: end };
  const close = first === '"' || first === "'" ? closeQuote(text, at, end) : -1;
  if (close !== -1) {
    const behind = skipSpaces(text, close, end);
    if (behind === end) return { textEnd: close, comment: end };
    if (isComment(text, behind)) return { textEnd: close, comment: behind };
  }
  for (let offset = Math.max(at, close); offset < end; offset += 1) {
    if (isComment(text, offset)) return { textEnd: trimSpaces(text, at, offset), comment: offset };
  }
  return { textEnd: trimSpaces(text, at, end), comment: end };
}

/** Goes over anchors and tags in front of a value. */
function skipProperties(text: string, at: number, end: number): number {
  let offset = at;
  while (text[offset] === "&" || text[offset] === "!") {
    let word = offset;
    while (word < end && !isSpace(text.charCodeAt(word))) word += 1;
    offset = skipSpaces(text, word, end);
  }
  return Math.min(offset, end);
}

function endsWord(text: string, at: number, end: number): boolean {
  return at >= end || isSpace(text.charCodeAt(at));
}

function isComment(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== 35) return false;
  const before = at === 0 ? 32 : text.charCodeAt(at - 1);
  return isSpace(before) || before === 10 || before === 13 || before === 0xfeff;
}
