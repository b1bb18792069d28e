import type { LineSite } from "./cursor-line.ts";
import {
  type CursorPlace,
  contentPlaces,
  itemPlaces,
  keyPlace,
  levelsOf,
  openFrames,
  type Spot,
  stepsOf,
} from "./cursor-place.ts";
import { isBlank } from "./layout.ts";
import { applyLine, nextContent, type OutlineFrame, type OutlineReader, openItems } from "./outline.ts";
import { columnAt, type LineShape } from "./outline-line.ts";
import { type LooseScalar, looseScalar } from "./outline-quote.ts";
import { nextLine } from "./skip.ts";

/** The places behind the dash of an item that has no key yet: the first key or a scalar. */
export function dashPlaces({ reader, shape, offset, word }: LineSite): readonly CursorPlace[] {
  const { text, frames } = reader;
  openItems(frames, shape);
  const open = openFrames(frames);
  const [path, levels] = [stepsOf(open), levelsOf(open)];
  const dash = shape.dashes.at(-1) ?? offset;
  // What follows an anchor or tag on the line would be what it names.
  if (!isBlank(text, dash + 1, word?.span.start ?? shape.comment)) return [];
  const behindDash = word === undefined && offset === dash + 1;
  const column = behindDash ? columnAt(shape, dash) + 2 : columnAt(shape, word?.span.start ?? offset);
  const spot: Spot = {
    replace: word?.span ?? { start: offset, end: offset },
    quote: word?.quote,
    lead: behindDash ? " " : "",
    column,
    behind: "value",
  };
  const below = deeperBelow(reader, shape, columnAt(shape, dash));
  if (below === undefined) return contentPlaces(spot, path, levels);
  if (word !== undefined && below.column > column) return contentPlaces({ ...spot, behind: "colon" }, path, levels);
  const isMap = below.frame?.kind === "map" && below.column === column && text[shape.comment] !== "#";
  return isMap ? [keyPlace(spot, path, [...levels, below.frame?.keys ?? []])] : [];
}

/** The places on a line with a key: the key itself, or the value behind its colon. */
export function entryPlaces(site: LineSite, key: LooseScalar): readonly CursorPlace[] {
  const { reader, shape, offset } = site;
  applyLine(reader, shape);
  const open = openFrames(reader.frames);
  const outer = open.slice(0, -1);
  if (key.span.start < key.span.end && offset >= key.span.start && offset <= key.span.end) {
    const { span: replace, quote } = key;
    const keys = open.at(-1)?.frame.keys ?? [];
    const spot: Spot = { replace, quote, lead: "", column: 0, behind: "nothing" };
    // The keys go on to grow, so the one at the cursor is left out at the end.
    return [keyPlace(spot, stepsOf(outer), [...levelsOf(outer), keys])];
  }
  return offset > shape.colon ? valuePlaces(site, open.at(-1)?.frame.column ?? 0) : [];
}

function valuePlaces({ reader, shape, offset, indent }: LineSite, column: number): readonly CursorPlace[] {
  const { text, region } = reader;
  const open = openFrames(reader.frames);
  const [path, levels] = [stepsOf(open), levelsOf(open)];
  const goesOn = region !== undefined || deeperBelow(reader, shape, column) !== undefined;
  if (goesOn) return [];
  const value = { slot: "value", path, levels, column: 0, flow: undefined, behind: "value" } as const;
  if (shape.value !== -1) {
    const { span, quote } = looseScalar(text, shape.value, shape.textEnd);
    const isScalar = offset >= span.start && offset <= span.end && !"|>*".includes(text.charAt(span.start));
    return isScalar ? [{ ...value, replace: span, quote, lead: "" }] : [];
  }
  if (!isBlank(text, offset, shape.comment) || text[offset] === "#") return [];
  const isApart = isBlank(text, offset - 1, offset);
  const here = { start: offset, end: offset };
  const inline: CursorPlace = { ...value, replace: here, quote: undefined, lead: isApart ? "" : " " };
  // A comment behind the colon would go with what is written below.
  if (shape.comment < shape.end) return [inline];
  const start = isBlank(text, shape.colon + 1, offset) ? shape.colon + 1 : offset;
  const below = (to: number): Spot => {
    const lead = `${indent.newline}${" ".repeat(to)}`;
    return { replace: { start, end: offset }, quote: undefined, lead, column: to, behind: "value" };
  };
  const [content] = contentPlaces(below(column + indent.mapIndent), path, levels);
  const items = itemPlaces(below(column + indent.listIndent), { path, index: 0 }, levels);
  return [inline, ...(content ? [content] : []), ...items];
}

/** The first line below if it is part of what stands at a column. */
function deeperBelow(
  reader: OutlineReader,
  shape: LineShape,
  column: number,
): { readonly column: number; readonly frame: OutlineFrame | undefined } | undefined {
  const { text, end, frames } = reader;
  const depth = frames.length;
  const isMap = frames.at(-1)?.kind === "map";
  const next = nextContent(text, nextLine(text, shape.end), end);
  if (next === undefined) return undefined;
  const isOwnList = isMap && next.dashes.length > 0 && next.column === column;
  if (next.column <= column && !isOwnList) return undefined;
  applyLine(reader, next);
  return { column: next.column, frame: frames[depth] };
}
