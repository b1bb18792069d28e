import type { Edit } from "../text/edit.ts";
import type { Span } from "../text/span.ts";
import { insertIntoFlow } from "./insert-flow.ts";
import { columnOf, isFirstOnLine, layoutOf, lineStart, membersOf } from "./layout.ts";
import { type Literal, renderEntry, renderItem } from "./literal.ts";
import type { MapNode, SeqNode } from "./node.ts";
import { endOfLine } from "./skip.ts";

/** A key to be written; `after` and `before` name a sibling, else it comes last. */
export interface NewKey {
  readonly key: string;
  readonly after?: string;
  readonly before?: string;
}

/**
 * Adds an entry to a map, in the style of the map: on lines of its own at the siblings' indentation, or between the braces.
 * It stands behind its predecessor's own comment and before blank lines and comments of what follows.
 */
export function insertEntry(text: string, map: MapNode, place: string | NewKey, value: Literal): Edit {
  const { key, ...siblings } = typeof place === "string" ? { key: place } : place;
  const at = { members: membersOf(text, map), index: indexFor(map, siblings), start: map.span.start };
  if (map.flow) return insertIntoFlow(text, map, { ...at, key, value });
  return insertLines(text, at, renderEntry(key, value, layoutOf(text).listIndent));
}

/** Adds an item to a list, at its end or as the item of an index, in the style of the list. */
export function insertItem(text: string, seq: SeqNode, value: Literal, index: number = seq.items.length): Edit {
  const place = { members: membersOf(text, seq), index, start: seq.span.start };
  if (seq.flow) return insertIntoFlow(text, seq, { ...place, value });
  return insertLines(text, place, renderItem(value, layoutOf(text).listIndent));
}

function indexFor({ written }: MapNode, { after, before }: Omit<NewKey, "key">): number {
  const next = written.findIndex((it) => it.name === before);
  const previous = written.findLastIndex((it) => it.name === after);
  if (before !== undefined && next !== -1) return next;
  return after !== undefined && previous !== -1 ? previous + 1 : written.length;
}

interface Place {
  readonly members: readonly Span[];
  /** The new member's place among the others. */
  readonly index: number;
  /** Where the collection starts: a broken text may leave it without members. */
  readonly start: number;
}

function insertLines(text: string, { members, index, start }: Place, lines: readonly string[]): Edit {
  const { newline } = layoutOf(text);
  const column = columnOf(text, members[0]?.start ?? start);
  const indent = " ".repeat(column);
  const previous = members[index - 1];
  if (previous !== undefined) {
    const at = endOfLine(text, previous.end, text.length);
    return { span: { start: at, end: at }, text: lines.map((line) => newline + indent + line).join("") };
  }
  const next = members[0]?.start ?? start;
  if (!isFirstOnLine(text, next)) {
    return { span: { start: next, end: next }, text: lines.map((line) => line + newline + indent).join("") };
  }
  const at = lineStart(text, next);
  return { span: { start: at, end: at }, text: lines.map((line) => indent + line + newline).join("") };
}
