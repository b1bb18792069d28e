import type { Span } from "../text/span.ts";
import type { OutlineFrame, OutlineKey } from "./outline.ts";
import { pathOf } from "./outline.ts";
import type { LooseScalar } from "./outline-quote.ts";

/** A place where something can be written, and what it takes to write it there. */
export interface CursorPlace {
  /** A key of the map at `path`, the value at `path`, or an item of the list at `path`. */
  readonly slot: "key" | "value" | "item";
  /** The fields and items on the way from the document's root. */
  readonly path: readonly (string | number)[];
  /** What is replaced: the word at the cursor with its quotes, or nothing. It contains the cursor and stays on its line. */
  readonly replace: Span;
  /** The quote that the replaced word begins with. */
  readonly quote: LooseScalar["quote"];
  /** What must stand in front of what is written: a blank, a line break, indentation, a dash. */
  readonly lead: string;
  /** The column at which further lines of what is written begin. */
  readonly column: number;
  /** Present in flow style; JSON's if keys are quoted. */
  readonly flow: { readonly json: boolean } | undefined;
  /** What is to be written behind a key: nothing where its colon is there, only a colon where its value is. */
  readonly behind: "nothing" | "colon" | "value";
  /** The keys of each map on the way, the one at the cursor left out; in a list there are none. */
  readonly levels: readonly (readonly OutlineKey[])[];
}

/** A collection that is open at the cursor, as it was when the cursor's line was met; its keys go on to grow. */
export interface OpenFrame {
  readonly frame: OutlineFrame;
  readonly items: number;
  readonly step: string | number;
}

/** Notes which collections are open, since reading on changes them. */
export function openFrames(frames: readonly OutlineFrame[]): readonly OpenFrame[] {
  const path = pathOf(frames);
  return frames.map((frame, index) => ({ frame, items: frame.items, step: path[index] ?? "" }));
}

/** The way to the value of the last entry or item of the last of some collections. */
export function stepsOf(frames: readonly OpenFrame[]): readonly (string | number)[] {
  return frames.map((it) => it.step);
}

/** The keys of each of some collections. */
export function levelsOf(frames: readonly OpenFrame[]): readonly (readonly OutlineKey[])[] {
  return frames.map((it) => it.frame.keys);
}

/** The keys but for the one at an offset. */
export function keysBut(keys: readonly OutlineKey[], at: number): readonly OutlineKey[] {
  return keys.filter((it) => it.span.start !== at);
}

/** What is at the cursor and where: the collections around it, how they are indented, and the word to be replaced. */
export interface Spot {
  readonly replace: Span;
  readonly quote: LooseScalar["quote"];
  readonly lead: string;
  readonly column: number;
  readonly behind: CursorPlace["behind"];
}

/** A place for a key of the map at a path. */
export function keyPlace(spot: Spot, path: CursorPlace["path"], levels: CursorPlace["levels"]): CursorPlace {
  return { ...spot, slot: "key", path, levels, flow: undefined };
}

/** The places of what a key or an item without a value may hold on the lines below: a map's key or a scalar. */
export function contentPlaces(
  spot: Spot,
  path: CursorPlace["path"],
  levels: CursorPlace["levels"],
): readonly CursorPlace[] {
  const value: CursorPlace = { ...spot, slot: "value", path, levels, flow: undefined };
  return spot.behind === "value"
    ? [keyPlace(spot, path, [...levels, []]), value]
    : [keyPlace(spot, path, [...levels, []])];
}

/** The places of a new item of the list at a path: as a whole, or as a scalar. */
export function itemPlaces(
  spot: Spot,
  list: { readonly path: CursorPlace["path"]; readonly index: number },
  levels: CursorPlace["levels"],
): readonly CursorPlace[] {
  const item: CursorPlace = { ...spot, slot: "item", path: list.path, levels, flow: undefined };
  const lead = `${spot.lead}- `;
  return [item, { ...item, lead, slot: "value", path: [...list.path, list.index], levels: [...levels, []] }];
}
