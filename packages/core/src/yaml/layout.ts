import type { Span } from "../text/span.ts";
import type { MapEntry, MapNode, SeqItem, SeqNode } from "./node.ts";
import { endOfLine, startOfLine } from "./skip.ts";

/** How an author lays out a text: line ends, and how far nested maps and lists are indented. */
export interface Layout {
  readonly newline: string;
  readonly mapIndent: number;
  readonly listIndent: number;
}

/** Reads the layout off the first nested map and list of a text. */
export function layoutOf(text: string): Layout {
  const firstBreak = text.indexOf("\n");
  const newline = firstBreak > 0 && text[firstBreak - 1] === "\r" ? "\r\n" : "\n";
  const mapIndent = indentBelow(text, /^( *)[^\s#-][^\r\n]*:[ \t]*\r?\n( +)[^\s#-]/m) ?? 2;
  const listIndent = indentBelow(text, /^( *)[^\s#-][^\r\n]*:[ \t]*\r?\n( *)-[ \t]/m) ?? 0;
  return { newline, mapIndent: mapIndent > 0 ? mapIndent : 2, listIndent: Math.max(0, listIndent) };
}

function indentBelow(text: string, nested: RegExp): number | undefined {
  const match = nested.exec(text);
  return match ? (match[2] ?? "").length - (match[1] ?? "").length : undefined;
}

/** The text of each entry or item as it is written, with anchors, tags and dashes that belong to it. */
export function membersOf(text: string, node: MapNode | SeqNode): readonly Span[] {
  const length = node.type === "map" ? node.written.length : node.items.length;
  return Array.from({ length }, (_, index) => memberAt(text, node, index)).filter((it) => it !== undefined);
}

/** The text of one entry or item, as `membersOf` gives it. */
export function memberAt(text: string, node: MapNode | SeqNode, index: number): Span | undefined {
  if (node.type === "map") {
    const entry = node.written[index];
    return entry && { start: startOfEntry(text, entry), end: entry.span.end };
  }
  const item = node.items[index];
  return item && { start: startOfItem(text, item, node.flow), end: item.span.end };
}

/** The offset where the line of `at` has its first character that is no byte order mark. */
export function lineStart(text: string, at: number): number {
  const start = startOfLine(text, at);
  return start === 0 && text.charCodeAt(0) === 0xfeff ? 1 : start;
}

/** How many characters stand before `at` on its line. */
export function columnOf(text: string, at: number): number {
  return Math.max(0, at - lineStart(text, at));
}

/** Tells whether a part of the text is nothing but blanks on one line. */
export function isBlank(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 9) return false;
  }
  return true;
}

/** Tells whether nothing but indentation stands before `at` on its line. */
export function isFirstOnLine(text: string, at: number): boolean {
  return isBlank(text, lineStart(text, at), at);
}

/** Goes back from `at` over blanks of its line. */
export function skipBack(text: string, at: number): number {
  let offset = at;
  while (offset > 0 && (text.charCodeAt(offset - 1) === 32 || text.charCodeAt(offset - 1) === 9)) offset -= 1;
  return offset;
}

/** The start of the comment lines right above a line, at the same column and without a blank line between; else the line itself. */
export function startOfComments(text: string, line: number, column: number): number {
  let start = line;
  while (start > 0) {
    const above = lineStart(text, text[start - 2] === "\r" ? start - 2 : start - 1);
    const comment = above + column;
    const isComment = isBlank(text, above, comment) && text[comment] === "#" && comment < endOfLine(text, above, start);
    if (above >= start || !isComment) break;
    start = above;
  }
  return start;
}

/** Tells whether `at` follows a colon behind a key in double quotes, as every value of a JSON object does. */
export function followsQuotedKey(text: string, at: number): boolean {
  let offset = at;
  while (offset > 0 && /\s/.test(text.charAt(offset - 1))) offset -= 1;
  return text[offset - 1] === ":" && text[skipBack(text, offset - 1) - 1] === '"';
}

function startOfEntry(text: string, { key }: MapEntry): number {
  const before = skipBack(text, key.span.start);
  if (before === key.span.start || ",{[-\n\r".includes(text.charAt(before - 1))) return key.span.start;
  const prefix = text.slice(lineStart(text, before), key.span.start);
  return key.span.start - (/(?:\?[ \t]+)?(?:[&!]\S*[ \t]+)*$/.exec(prefix)?.[0].length ?? 0);
}

function startOfItem(text: string, { dash, span }: SeqItem, flow: boolean): number {
  if (flow || dash !== undefined) return dash ?? span.start;
  const before = skipBack(text, span.start) - 1;
  return text[before] === "-" ? before : span.start;
}
