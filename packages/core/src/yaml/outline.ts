import type { Span } from "../text/span.ts";
import { type FlowOutline, readFlow } from "./outline-flow.ts";
import { columnAt, isIdle, type LineShape, readShape } from "./outline-line.ts";
import { closeQuote, looseScalar, skipSpaces } from "./outline-quote.ts";
import { endOfLine, nextLine } from "./skip.ts";

/** A key of a map with the scalar that stands behind it on its line. */
export interface OutlineKey {
  readonly name: string;
  readonly span: Span;
  value?: string;
}

/** A block collection that is open where the reader is: its column, its keys so far, and what its last entry or item holds. */
export interface OutlineFrame {
  readonly kind: "map" | "seq";
  readonly column: number;
  readonly keys: OutlineKey[];
  /** The number of items so far. */
  items: number;
  /** "nothing" as long as a value may still come. */
  holds: "nothing" | "scalar" | "flow" | "block";
}

/** A value that goes on over several lines. */
export interface OutlineRegion {
  readonly kind: "block-scalar" | "scalar" | "flow";
  readonly span: Span;
  /** The column of what holds it. */
  readonly parentColumn: number;
  readonly flow?: FlowOutline;
  readonly comments?: readonly Span[];
}

/** Reads a document line by line by its layout alone, so that a mistake on one line spoils nothing on the others. */
export interface OutlineReader {
  readonly text: string;
  /** The end of the document. */
  readonly end: number;
  readonly frames: OutlineFrame[];
  /** The value that the last line began, if it does not end with it. */
  region: OutlineRegion | undefined;
  /** The start of the first line that was not taken into account. */
  next: number;
  /** The document is a single value in flow style or a scalar, behind which nothing may stand. */
  complete: boolean;
}

/** Begins to read a document. */
export function openOutline(text: string, start: number, end: number): OutlineReader {
  return { text, end, frames: [], region: undefined, next: start, complete: false };
}

/** Takes a line into account and gives the start of the next one that is not part of its value. */
export function applyLine(reader: OutlineReader, shape: LineShape): number {
  const { text, frames } = reader;
  reader.region = undefined;
  reader.next = nextLine(text, shape.end);
  if (isIdle(text, shape)) return reader.next;
  openItems(frames, shape);
  if (shape.key !== undefined || shape.explicit) openKey(reader, shape);
  if (shape.value !== -1) reader.next = Math.max(reader.next, behindValue(reader, shape, ownerOf(frames, shape)));
  return reader.next;
}

/** What holds the value of a line: what stands alone there is what the line above waits for, or goes on with it and changes nothing. */
function ownerOf(frames: readonly OutlineFrame[], shape: LineShape): OutlineFrame | undefined {
  const owner = frames.at(-1);
  if (owner === undefined || shape.key !== undefined || shape.dashes.length > 0) return owner;
  return owner.holds === "nothing" && shape.column > owner.column ? owner : { ...owner };
}

/** Opens the lists that the dashes of a line belong to. */
export function openItems(frames: OutlineFrame[], shape: LineShape): void {
  for (const dash of shape.dashes) {
    const column = columnAt(shape, dash);
    closeDeeper(frames, column);
    const top = frames.at(-1);
    if (top?.kind === "seq" && top.column === column) {
      top.items += 1;
      top.holds = "nothing";
    } else {
      if (top !== undefined) top.holds = "block";
      frames.push({ kind: "seq", column, keys: [], items: 1, holds: "nothing" });
    }
  }
}

/** Closes all that is indented deeper than a column. */
function closeDeeper(frames: OutlineFrame[], column: number): void {
  for (let top = frames.at(-1); top !== undefined && top.column > column; top = frames.at(-1)) frames.pop();
}

/** The map that a key at a column would belong to; undefined where there is none yet. Closes nothing. */
function mapAt(frames: readonly OutlineFrame[], column: number): OutlineFrame | undefined {
  return frames.findLast((it) => it.kind === "map" && it.column === column);
}

/** The way from the root to the value of the last entry or item of the innermost frame. */
export function pathOf(frames: readonly OutlineFrame[]): readonly (string | number)[] {
  return frames.map(({ kind, keys, items }) => (kind === "seq" ? items - 1 : (keys.at(-1)?.name ?? "")));
}

function openKey({ frames, text }: OutlineReader, shape: LineShape): void {
  const at = shape.key?.span.start ?? shape.content;
  const dash = shape.dashes.at(-1);
  // An anchor or tag in front of the key counts as its start.
  const column = dash === undefined ? shape.column : columnAt(shape, skipSpaces(text, dash + 1, shape.end));
  closeDeeper(frames, column);
  // A key at the column of a list ends it: the list belongs to the key before.
  if (mapAt(frames, column) !== undefined) while (frames.at(-1)?.kind === "seq") frames.pop();
  let top = frames.at(-1);
  if (top?.kind !== "map" || top.column !== column) {
    if (top !== undefined) top.holds = "block";
    top = { kind: "map", column, keys: [], items: 0, holds: "nothing" };
    frames.push(top);
  }
  top.holds = "nothing";
  // A colon alone brings the value of a key that stands behind a `?`.
  if (shape.key?.text === "" && shape.key.quote === undefined && top.keys.length > 0) return;
  const key = shape.key ?? looseScalar(text, at, shape.textEnd);
  const entry: OutlineKey = { name: key.text, span: key.span };
  if (shape.value !== -1 && shape.key !== undefined) {
    entry.value = looseScalar(text, shape.value, shape.textEnd).text;
  }
  top.keys.push(entry);
}

/** Goes over a value and notes what holds it and where it ends, if that is not on its line. */
function behindValue(reader: OutlineReader, shape: LineShape, owner: OutlineFrame | undefined): number {
  const { text, end } = reader;
  const parentColumn = owner?.column ?? -1;
  const first = text.charAt(shape.value);
  if (owner === undefined) reader.complete = true;
  else owner.holds = "scalar";
  if (first === "|" || first === ">") {
    const stop = skipDeeper(text, nextLine(text, shape.end), { end, column: parentColumn });
    reader.region = { kind: "block-scalar", span: { start: shape.end, end: stop }, parentColumn };
    return stop;
  }
  if (first === "{" || first === "[") {
    if (owner !== undefined) owner.holds = "flow";
    const comments: Span[] = [];
    const flow = readFlow(text, shape.value, { end, parentColumn, comments });
    reader.region = { kind: "flow", span: flow.span, parentColumn, flow, comments };
    return flow.span.end > shape.end ? nextLine(text, flow.span.end) : shape.end;
  }
  if (first !== '"' && first !== "'") return shape.end;
  if (closeQuote(text, shape.value, shape.end) !== -1) return shape.end;
  const close = closeQuote(
    text,
    shape.value,
    skipDeeper(text, nextLine(text, shape.end), { end, column: parentColumn, but: "#" }),
  );
  // Where the closing quote is followed by more, it is the opening quote of another value.
  const stop = close === -1 ? -1 : endOfLine(text, close, end);
  if (close === -1 || skipSpaces(text, close, stop) !== stop) return shape.end;
  reader.region = { kind: "scalar", span: { start: shape.value, end: close }, parentColumn };
  return nextLine(text, close);
}

/** The start of the first line that is not blank and not deeper than a column; lines with some first character do not count. */
function skipDeeper(
  text: string,
  start: number,
  { end, column, but }: { readonly end: number; readonly column: number; readonly but?: string },
): number {
  let line = start;
  while (line < end) {
    const stop = endOfLine(text, line, end);
    const first = skipSpaces(text, line, stop);
    if (first < stop && first - line <= column && text[first] !== but) return line;
    line = nextLine(text, line);
  }
  return Math.min(line, end);
}

/** The first line at or after an offset that holds more than a comment. */
export function nextContent(text: string, start: number, end: number): LineShape | undefined {
  for (let line = start; line < end; line = nextLine(text, line)) {
    const shape = readShape(text, line, end);
    if (!isIdle(text, shape)) return shape;
  }
  return undefined;
}
