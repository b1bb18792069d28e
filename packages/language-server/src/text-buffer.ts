import type { Replacement, Span } from "@registry-cache/core";
import type { Position, Range } from "vscode-languageserver-protocol";
import { changeStarts, type LineStarts, lineAt, startOf, startsOf } from "./line-starts.ts";

/** How a client counts the characters of a line. */
export type PositionEncoding = "utf-8" | "utf-16" | "utf-32";

/** One version of a document's text. Offsets are UTF-16 code units, places are as the client counts. */
export interface TextBuffer {
  readonly text: string;
  readonly encoding: PositionEncoding;
  readonly lines: LineStarts;
}

/** A change as a client sends it; without a range it replaces everything. */
export interface TextChange {
  readonly range?: Range | null | undefined;
  readonly text: string;
}

/** Makes the buffer of a whole text. */
export function createBuffer(text: string, encoding: PositionEncoding): TextBuffer {
  return { text, encoding, lines: startsOf(text) };
}

/** The buffer after a change. Only the lines that the change touches are looked at again. */
export function changeBuffer(buffer: TextBuffer, change: TextChange): TextBuffer {
  const { text, encoding, lines } = buffer;
  const { range, text: inserted } = change;
  if (range === undefined || range === null) return createBuffer(inserted, encoding);
  const { span, length } = replacementOf(buffer, change);
  const changed = text.slice(0, span.start) + inserted + text.slice(span.end);
  return { text: changed, encoding, lines: changeStarts(lines, changed, { span, length }) };
}

/** What a change replaces. */
export function replacementOf(buffer: TextBuffer, { range, text }: TextChange): Replacement {
  const span = range === undefined || range === null ? { start: 0, end: buffer.text.length } : spanOf(buffer, range);
  return { span, length: text.length };
}

/** The place of an offset; one beyond the text is its end. */
export function positionAt(buffer: TextBuffer, offset: number): Position {
  const at = Math.max(0, Math.min(offset, buffer.text.length));
  const line = lineAt(buffer.lines, at);
  const start = startOf(buffer.lines, line) ?? 0;
  return { line, character: lengthIn(buffer, start, at) };
}

/** The offset of a place; one beyond its line is the line's end, and one in the middle of a character is its start. */
export function offsetAt(buffer: TextBuffer, { line, character }: Position): number {
  const { text, encoding, lines } = buffer;
  if (line < 0) return 0;
  const start = startOf(lines, line);
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

function endOfLine({ text, lines }: TextBuffer, line: number): number {
  const next = startOf(lines, line + 1);
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
