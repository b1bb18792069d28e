import type { Span } from "../text/span.ts";
import { dashPlaces, entryPlaces } from "./cursor-entry.ts";
import { flowPlaces, isWithin } from "./cursor-flow.ts";
import { type LineSite, linePlaces } from "./cursor-line.ts";
import { type CursorPlace, keysBut } from "./cursor-place.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { applyLine, type OutlineFrame, type OutlineReader, openOutline, pathOf } from "./outline.ts";
import { isIdle, type LineShape, readShape } from "./outline-line.ts";
import { isSpace, type LooseScalar, looseScalar, skipSpaces } from "./outline-quote.ts";
import { linesTowards, maySkip, shallowLine } from "./outline-skip.ts";
import { endOfLine, nextLine, startOfLine } from "./skip.ts";

/** What the layout of a text says of a cursor in it. */
export interface Cursor {
  /** What can be written there; several things where the layout leaves open which. Empty in comments and within long values. */
  readonly places: readonly CursorPlace[];
  /** The comment that the cursor is in, from its `#` on. */
  readonly comment: Span | undefined;
  /** How the text around is laid out. */
  readonly layout: Layout;
}

/**
 * Finds what can be written at an offset of a document by the layout of its lines. It needs no tree, so a text may be half-typed
 * or broken anywhere; what is broken on one line does not change what others mean. Only the document's own span is read, and of
 * that, unless `whole` is set, no more than what counts at the cursor: the result is the same.
 */
export function cursorAt(text: string, document: Span, offset: number, whole = false): Cursor {
  const start = bodyStart(text, document);
  const reader = openOutline(text, start, document.end);
  const line = Math.max(startOfLine(text, offset), start);
  const layout = layoutOf(text.slice(start, document.end));
  const nothing: Cursor = { places: [], comment: undefined, layout };
  if (offset < start) return nothing;
  const skips = !whole && maySkip(text, start, document.end);
  const last = readTo(reader, start, { line, offset, skips });
  if (last === undefined) return nothing;
  const around = { ...layout, ...indentsOf(reader.frames) };
  const found =
    last === line ? atLine(reader, readShape(text, line, document.end), offset, around) : inRegion(reader, offset);
  readOn(reader, line, skips);
  return { layout: around, comment: found.comment, places: found.places.map(withoutOwnKey) };
}

type Found = Pick<Cursor, "places" | "comment">;

interface Target {
  readonly line: number;
  readonly offset: number;
  /** Whether lines are left out that do not count there. */
  readonly skips: boolean;
}

/** Reads the lines above; gives the cursor's line, or the line behind a value that goes beyond it; undefined behind the end. */
function readTo(reader: OutlineReader, start: number, { line, offset, skips }: Target): number | undefined {
  const { text, end } = reader;
  const lines = skips ? linesTowards(text, start, line) : undefined;
  let [at, index] = [start, 0];
  while (at < line) {
    const shape = readShape(text, at, end);
    if (endsDocument(text, shape)) return undefined;
    at = applyLine(reader, shape);
    if (lines === undefined || at >= line) continue;
    while ((lines[index] ?? line) < at) index += 1;
    at = lines[index] ?? line;
  }
  // A line that is empty up to the column of the key ends a block scalar, if the author writes on there.
  return at > line && endsBlockScalar(reader, line, offset) ? line : at;
}

function endsBlockScalar({ text, region, end }: OutlineReader, line: number, offset: number): boolean {
  const { first, end: stop } = readShape(text, line, end);
  return region?.kind === "block-scalar" && first === stop && offset - line <= region.parentColumn;
}

function endsDocument(text: string, { start, end }: LineShape): boolean {
  return text.startsWith("...", start) && (end === start + 3 || isSpace(text.charCodeAt(start + 3)));
}

/** The lines below tell which keys are already there; what is deeper than those around the cursor tells nothing. */
function readOn(reader: OutlineReader, line: number, skips: boolean): void {
  const { text, end } = reader;
  let column = skips ? (reader.frames.at(-1)?.column ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  for (let at = Math.max(reader.next, nextLine(text, line)); at < end; ) {
    if (Number.isFinite(column)) at = shallowLine(text, at, { end, column });
    if (at === end) return;
    const shape = readShape(text, at, end);
    if (endsDocument(text, shape)) return;
    at = applyLine(reader, shape);
    if (skips && (shape.key !== undefined || shape.dashes.length > 0)) column = Math.min(column, shape.column);
  }
}

function inRegion({ text, region, frames, end }: OutlineReader, offset: number): Found {
  if (region === undefined || region.kind === "block-scalar") return { places: [], comment: undefined };
  const { flow, comments = [], span } = region;
  const comment = comments.find((it) => offset > it.start && offset <= it.end) ?? commentBehind(text, span.end, end);
  if (comment !== undefined && offset > comment.start) return { places: [], comment };
  if (flow === undefined || !isWithin(flow, offset)) return { places: [], comment: undefined };
  const around = { path: pathOf(frames), levels: frames.map((it) => it.keys) };
  return { places: flowPlaces(text, flow, offset, around), comment: undefined };
}

/** The comment on the line where a value of several lines or in brackets ends. */
function commentBehind(text: string, at: number, limit: number): Span | undefined {
  const end = endOfLine(text, at, limit);
  const start = skipSpaces(text, at, end);
  return start > at && start < end && text[start] === "#" ? { start, end } : undefined;
}

function atLine(reader: OutlineReader, shape: LineShape, offset: number, indent: LineSite["indent"]): Found {
  const { text } = reader;
  const none: Found = { places: [], comment: undefined };
  if (endsDocument(text, shape)) return none;
  if (shape.comment < shape.end && offset > shape.comment) {
    return { places: [], comment: { start: shape.comment, end: shape.end } };
  }
  if (shape.value !== -1 && offset > shape.value && "{[".includes(text.charAt(shape.value))) {
    if (isIdle(text, shape)) return none;
    applyLine(reader, shape);
    return inRegion(reader, offset);
  }
  return { places: blockPlaces({ reader, shape, offset, indent, word: undefined }), comment: undefined };
}

function blockPlaces(site: LineSite): readonly CursorPlace[] {
  const { reader, shape, offset } = site;
  const lastDash = shape.dashes.at(-1);
  if (shape.explicit || (lastDash !== undefined && offset <= lastDash)) return [];
  if (shape.first < shape.end && offset < shape.first) return [];
  if (shape.key !== undefined) return entryPlaces(site, shape.key);
  if (shape.value === -1) {
    if (shape.comment < shape.end && shape.first === shape.comment) return [];
    return lastDash === undefined ? linePlaces(site) : dashPlaces(site);
  }
  const whole = looseScalar(reader.text, shape.value, shape.textEnd);
  const word = firstWord(reader.text, whole);
  if ("{}[]|>*&!@`%".includes(reader.text.charAt(shape.value))) return [];
  if (offset < whole.span.start || offset > whole.span.end) return [];
  if (word === whole) return lastDash === undefined ? linePlaces({ ...site, word }) : dashPlaces({ ...site, word });
  return wordBeforeValue({ ...site, word }, lastDash !== undefined);
}

/** A word with more behind it lacks the colon of a key. */
function wordBeforeValue(site: LineSite, isItem: boolean): readonly CursorPlace[] {
  if (site.word === undefined || site.offset > site.word.span.end) return [];
  const places = isItem ? dashPlaces(site) : linePlaces(site);
  const keys = places.filter((it) => it.slot === "key" && it.lead === "" && it.behind === "value");
  return keys.map((it) => ({ ...it, behind: "colon" }));
}

function firstWord(text: string, whole: LooseScalar): LooseScalar {
  const { start, end } = whole.span;
  if (whole.quote !== undefined) return whole;
  let at = start;
  while (at < end && !isSpace(text.charCodeAt(at))) at += 1;
  return at === end ? whole : looseScalar(text, start, at);
}

function withoutOwnKey(place: CursorPlace): CursorPlace {
  if (place.slot !== "key") return place;
  const outer = place.levels.slice(0, place.path.length);
  return { ...place, levels: [...outer, keysBut(place.levels[place.path.length] ?? [], place.replace.start)] };
}

/** How the collections around the cursor are indented; what they do not show, the rest of the document does. */
function indentsOf(frames: readonly OutlineFrame[]): Partial<Pick<Layout, "mapIndent" | "listIndent">> {
  const found: { mapIndent?: number; listIndent?: number } = {};
  frames.forEach((frame, index) => {
    const parent = frames[index - 1];
    if (parent?.kind !== "map") return;
    if (frame.kind === "seq") found.listIndent = frame.column - parent.column;
    else found.mapIndent = frame.column - parent.column;
  });
  return found;
}

/** Behind a `---` line and directives. */
function bodyStart(text: string, { start, end }: Span): number {
  const first = text.charCodeAt(start) === 0xfeff ? start + 1 : start;
  let at = first;
  while (at < end && text[at] === "%") at = nextLine(text, at);
  return text.startsWith("---", at) ? Math.min(nextLine(text, at), end) : first === at ? start : at;
}
