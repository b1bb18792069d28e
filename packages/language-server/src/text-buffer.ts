import type { Span } from "@registry-cache/core";
import type { Position, Range } from "vscode-languageserver-protocol";

/** How a client counts the characters of a line. */
export type PositionEncoding = "utf-8" | "utf-16" | "utf-32";

/** One version of a document's text. Offsets are UTF-16 code units, places are as the client counts. */
export interface TextBuffer {
  readonly text: string;
  readonly encoding: PositionEncoding;
  /** Where each line starts; lines end with LF, CRLF or CR. */
  readonly starts: readonly number[];
}

/** A change as a client sends it; without a range it replaces everything. */
export interface TextChange {
  readonly range?: Range | null | undefined;
  readonly text: string;
}

/** Makes the buffer of a whole text. */
export function createBuffer(text: string, encoding: PositionEncoding): TextBuffer {
  return { text, encoding, starts: [0, ...startsIn(text, 0, text.length)] };
}

/** The buffer after a change. Only the lines that the change touches are looked at again. */
export function changeBuffer(buffer: TextBuffer, { range, text: inserted }: TextChange): TextBuffer {
  const { text, encoding, starts } = buffer;
  if (range === undefined || range === null) return createBuffer(inserted, encoding);
  const [from, to] = inOrder(offsetAt(buffer, range.start), offsetAt(buffer, range.end));
  const changed = text.slice(0, from) + inserted + text.slice(to);
  const by = inserted.length - (to - from);
  // A CR before the change may end a line alone now, and one at its end may have met a LF.
  const first = lineAt(starts, Math.max(0, from - 1));
  const last = starts.findIndex((start, line) => line > first && start > to + 1);
  const kept = last === -1 ? [] : starts.slice(last);
  const end = last === -1 ? changed.length : (starts[last] ?? 0) + by - 1;
  const between = startsIn(changed, starts[first] ?? 0, end);
  return { text: changed, encoding, starts: [...starts.slice(0, first + 1), ...between, ...moved(kept, by)] };
}

/** The place of an offset; one beyond the text is its end. */
export function positionAt(buffer: TextBuffer, offset: number): Position {
  const at = Math.max(0, Math.min(offset, buffer.text.length));
  const line = lineAt(buffer.starts, at);
  const start = buffer.starts[line] ?? 0;
  return { line, character: lengthIn(buffer, start, at) };
}

/** The offset of a place; one beyond its line is the line's end, and one in the middle of a character is its start. */
export function offsetAt(buffer: TextBuffer, { line, character }: Position): number {
  const { text, encoding, starts } = buffer;
  if (line < 0) return 0;
  const start = starts[line];
  if (start === undefined) return text.length;
  const end = endOfLine(buffer, line);
  if (encoding === "utf-16") return Math.min(start + Math.max(0, character), end);
  let at = start;
  for (let left = character; at < end; ) {
    const code = text.codePointAt(at) ?? 0;
    left -= encoding === "utf-8" ? bytesOf(code) : 1;
    if (left < 0) break;
    at += code > 0xffff ? 2 : 1;
  }
  return at;
}

/** The range of a span. */
export function rangeOf(buffer: TextBuffer, { start, end }: Span): Range {
  return { start: positionAt(buffer, start), end: positionAt(buffer, end) };
}

/** The span of a range. */
export function spanOf(buffer: TextBuffer, { start, end }: Range): Span {
  const [from, to] = inOrder(offsetAt(buffer, start), offsetAt(buffer, end));
  return { start: from, end: to };
}

function inOrder(a: number, b: number): readonly [number, number] {
  return a <= b ? [a, b] : [b, a];
}

function endOfLine({ text, starts }: TextBuffer, line: number): number {
  const next = starts[line + 1];
  if (next === undefined) return text.length;
  return text[next - 1] === "\n" && text[next - 2] === "\r" ? next - 2 : next - 1;
}

function lengthIn({ text, encoding }: TextBuffer, start: number, end: number): number {
  if (encoding === "utf-16") return end - start;
  let length = 0;
  for (const character of text.slice(start, end)) {
    length += encoding === "utf-8" ? bytesOf(character.codePointAt(0) ?? 0) : 1;
  }
  return length;
}

function bytesOf(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

/** The starts of the lines that begin behind `from` and not behind `to`. */
function startsIn(text: string, from: number, to: number): number[] {
  const starts: number[] = [];
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}

function moved(starts: readonly number[], by: number): readonly number[] {
  return by === 0 ? starts : starts.map((it) => it + by);
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
