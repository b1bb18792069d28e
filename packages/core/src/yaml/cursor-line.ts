import {
  type CursorPlace,
  contentPlaces,
  itemPlaces,
  keyPlace,
  levelsOf,
  type OpenFrame,
  openFrames,
  type Spot,
  stepsOf,
} from "./cursor-place.ts";
import { type Layout, lineStart } from "./layout.ts";
import { applyLine, nextContent, type OutlineFrame, type OutlineReader } from "./outline.ts";
import type { LineShape } from "./outline-line.ts";
import type { LooseScalar } from "./outline-quote.ts";
import { nextLine } from "./skip.ts";

/** A line without key or dash that holds the cursor: it is empty, or one word that may become a key, a value or an item. */
export interface LineSite {
  readonly reader: OutlineReader;
  readonly shape: LineShape;
  readonly offset: number;
  readonly word: LooseScalar | undefined;
  readonly indent: Layout;
}

/** A place that the lines around allow: the cursor's column that asks for it, and the column at which it is written. */
interface Candidate {
  readonly wants: number;
  readonly column: number;
  places(spot: Spot): readonly CursorPlace[];
}

/**
 * The places on such a line. The cursor's column decides which collection is meant, as far as the lines below allow: what would
 * take their parent from them is not offered. Where no collection has that column, the nearest one is meant and the indentation mended.
 */
export function linePlaces(site: LineSite): readonly CursorPlace[] {
  const { reader, shape, word } = site;
  const open = openFrames(reader.frames);
  const awaits = !reader.complete && (reader.frames.at(-1)?.holds ?? "nothing") === "nothing";
  const column = cursorColumn(site);
  const next = nextContent(reader.text, nextLine(reader.text, shape.end), reader.end);
  // A colon alone is the second half of a key with a `?`: nothing may come between them.
  if (next?.key?.text === "" && next.key.quote === undefined) return [];
  const below = next && takeBelow(reader, next);
  const isParent = word !== undefined && below !== undefined && belongsToWord(below, column, open.length);
  const candidates = candidatesAt({ ...site, open, awaits, column, below, isParent });
  const behind = isParent ? "colon" : "value";
  return nearest(candidates, column).flatMap((it) => it.places({ ...spotAt(site, it.column, column), behind }));
}

function cursorColumn({ reader: { text }, shape, offset, word }: LineSite): number {
  if (word !== undefined) return shape.column;
  return text.slice(lineStart(text, offset), offset).replaceAll("\t", "  ").length;
}

/** Those of the cursor's column; between two columns it is in what the outer one holds, which is the inner one. */
function nearest(candidates: readonly Candidate[], column: number): readonly Candidate[] {
  const columns = candidates.map((it) => it.wants);
  const deeper = columns.filter((it) => it >= column);
  const meant = deeper.length > 0 ? Math.min(...deeper) : Math.max(...columns);
  return candidates.filter((it) => it.wants === meant);
}

function spotAt({ reader: { text }, shape, offset, word }: LineSite, to: number, from: number): Omit<Spot, "behind"> {
  const { span, quote } = word ?? { span: { start: offset, end: offset }, quote: undefined };
  if (to === from && !shape.tabs) return { replace: span, quote, lead: "", column: to };
  return { replace: { start: lineStart(text, offset), end: span.end }, quote, lead: " ".repeat(to), column: to };
}

/** The first line below: the collection that it belongs to and where that stands among those that are open. */
interface Below {
  readonly column: number;
  readonly frame: OutlineFrame | undefined;
  readonly index: number;
  readonly isList: boolean;
}

/** What is indented deeper below a word belongs to it once it is a key, and so does a list that begins at its column. */
function belongsToWord({ column, isList, index }: Below, wordColumn: number, depth: number): boolean {
  return column > wordColumn || (isList && column === wordColumn && index >= depth);
}

function takeBelow(reader: OutlineReader, next: LineShape): Below {
  applyLine(reader, next);
  const { frames } = reader;
  const isList = next.dashes.length > 0;
  const isBare = !isList && next.key === undefined;
  const index = isBare ? -1 : frames.findLastIndex((it) => it.column === next.column && (it.kind === "seq") === isList);
  return { column: next.column, frame: frames[index], index, isList };
}

interface Choice extends LineSite {
  readonly open: readonly OpenFrame[];
  readonly awaits: boolean;
  readonly column: number;
  readonly below: Below | undefined;
  readonly isParent: boolean;
}

function candidatesAt(choice: Choice): readonly Candidate[] {
  const { open, awaits, column, below, isParent } = choice;
  const top = open.at(-1)?.frame;
  const topColumn = top?.column ?? -1;
  if (isParent) return wordWithChildren(choice);
  if (below !== undefined && below.frame === undefined && below.column > topColumn) return [];
  // What begins below is the value that is waited for, and no other may come before it.
  if (below?.frame !== undefined && below.index >= open.length) return awaits ? [childOf(open, below.frame)] : [];
  if (awaits && column > topColumn) return [contentOf(open, column), itemOf(choice)];
  const firstAllowed = below?.index ?? -1;
  const inside = open.flatMap((_, index) => (index < firstAllowed ? [] : [inFrame(open, index)]));
  return awaits && top?.kind === "map" && column === topColumn ? [...inside, itemOf(choice)] : inside;
}

function wordWithChildren({ open, awaits, column }: Choice): readonly Candidate[] {
  if (awaits && column > (open.at(-1)?.frame.column ?? -1)) return [contentOf(open, column)];
  return open.flatMap(({ frame }, index) =>
    frame.kind === "map" && frame.column === column ? [inFrame(open, index)] : [],
  );
}

function inFrame(open: readonly OpenFrame[], index: number): Candidate {
  const outer = open.slice(0, index);
  const [path, levels] = [stepsOf(outer), levelsOf(outer)];
  const { frame, items } = open[index] ?? { frame: undefined, items: 0 };
  const column = frame?.column ?? 0;
  const isList = frame?.kind === "seq";
  return {
    wants: column,
    column,
    places: (spot) =>
      isList
        ? itemPlaces(spot, { path, index: items }, levels)
        : [keyPlace(spot, path, [...levels, frame?.keys ?? []])],
  };
}

/** The collection that begins on the lines below. */
function childOf(open: readonly OpenFrame[], { column, kind, keys }: OutlineFrame): Candidate {
  const [path, levels] = [stepsOf(open), levelsOf(open)];
  return {
    wants: column,
    column,
    places: (spot) =>
      kind === "seq" ? itemPlaces(spot, { path, index: 0 }, levels) : [keyPlace(spot, path, [...levels, keys])],
  };
}

function contentOf(open: readonly OpenFrame[], column: number): Candidate {
  return { wants: column, column, places: (spot) => contentPlaces(spot, stepsOf(open), levelsOf(open)) };
}

/** The first item of a list that is waited for, indented as others are. */
function itemOf({ open, indent, column }: Choice): Candidate {
  const top = open.at(-1)?.frame;
  const written = top === undefined ? 0 : top.column + (top.kind === "seq" ? 2 : indent.listIndent);
  return {
    wants: column,
    column: written,
    places: (spot) => itemPlaces(spot, { path: stepsOf(open), index: 0 }, levelsOf(open)),
  };
}
