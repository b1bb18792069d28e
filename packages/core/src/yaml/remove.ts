import type { Edit } from "../text/edit.ts";
import type { Span } from "../text/span.ts";
import { columnOf, isBlank, isFirstOnLine, lineStart, memberAt, skipBack, startOfComments } from "./layout.ts";
import type { MapEntry, MapNode, SeqItem, SeqNode } from "./node.ts";
import { ownerOf } from "./owner.ts";
import { endOfLine, isInComment, nextLine, skipBlanks } from "./skip.ts";

/**
 * Removes an entry with its own lines and the comment behind it; a map that loses its last entry becomes `{}`.
 * Comment lines right above it, at its column, go with it, except above the first entry, where they may speak of the whole map.
 * An entry that came by a merge is removed where it is written.
 */
export function removeEntry(text: string, map: MapNode, entry: MapEntry): Edit {
  const owner = ownerOf(map, entry);
  return removeMember(text, owner, owner.written.indexOf(entry));
}

/** Removes an item of a list, in the way of `removeEntry`; a list that loses its last item becomes `[]`. */
export function removeItem(text: string, seq: SeqNode, item: SeqItem): Edit {
  return removeMember(text, seq, indexOfItem(seq, item));
}

/** Items stand in the order of their places, so that one of many is found without looking at all. */
function indexOfItem({ items }: SeqNode, item: SeqItem): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.span.start ?? 0) < item.span.start) low = middle + 1;
    else high = middle;
  }
  return items[low] === item ? low : items.indexOf(item);
}

function removeMember(text: string, node: MapNode | SeqNode, index: number): Edit {
  const member = memberAt(text, node, index);
  if (member === undefined) return { span: { start: node.span.start, end: node.span.start }, text: "" };
  const [previous, following] = [memberAt(text, node, index - 1), memberAt(text, node, index + 1)];
  if (previous === undefined && following === undefined) return makeEmpty(text, node, member);
  // In a broken text members may overlap; then each of them counts as alone.
  const before = previous && previous.end <= member.start ? previous : undefined;
  const next = following && following.start >= member.end ? following : undefined;
  const removed = { member, before, next };
  if (node.flow) return removeFromFlow(text, removed);
  return removeLines(text, removed);
}

interface Removed {
  readonly member: Span;
  readonly before: Span | undefined;
  readonly next: Span | undefined;
}

function makeEmpty(text: string, node: MapNode | SeqNode, member: Span): Edit {
  const empty = node.type === "map" ? "{}" : "[]";
  if (node.flow) return { span: node.span, text: empty };
  const end = endOfOwnLine(text, member.end);
  // Where nothing but a line break lies between, the brackets go on the line of the parent's key or dash.
  let parent = member.start;
  while (parent > 0 && /\s/.test(text.charAt(parent - 1))) parent -= 1;
  const line = text.slice(lineStart(text, parent), parent);
  const joins = parent > 0 && /[:-]$/.test(line) && line !== "---" && !isInComment(text, parent - 1);
  if (joins) return { span: { start: parent, end }, text: ` ${empty}` };
  // Dashes may stand at the column of their parent's key, brackets may not.
  const indent = parent > 0 && node.type === "seq" ? "  " : "";
  return { span: { start: member.start, end }, text: indent + empty };
}

function removeLines(text: string, { member, before, next }: Removed): Edit {
  const end = nextLine(text, member.end);
  if (!isFirstOnLine(text, member.start)) return removeFromDashLine(text, member, next);
  const line = lineStart(text, member.start);
  const start = before ? startOfComments(text, line, columnOf(text, member.start)) : line;
  // Without a line break at its end the text keeps having none.
  if (end === text.length && !/[\r\n]$/.test(text))
    return { span: { start: endOfLineBefore(text, start), end }, text: "" };
  return { span: { start, end }, text: "" };
}

/** The first member of a nested collection stands behind a dash; the next one takes its place. */
function removeFromDashLine(text: string, member: Span, next: Span | undefined): Edit {
  const end = endOfLine(text, member.end, text.length);
  const nextStart = next?.start ?? end;
  const line = nextLine(text, member.end);
  // The text between holds comments, or blank lines, when the next member does not start the very next line.
  if (lineStart(text, nextStart) === line) return { span: { start: member.start, end: nextStart }, text: "" };
  return { span: { start: skipBack(text, member.start), end }, text: "" };
}

function removeFromFlow(text: string, { member, before, next }: Removed): Edit {
  if (next !== undefined) {
    const comma = skipBlanks(text, member.end, next.start);
    const rest = endOfOwnLine(text, comma + 1);
    const ownLines = isFirstOnLine(text, member.start) && rest === endOfLine(text, comma + 1, text.length);
    if (!ownLines) return { span: { start: member.start, end: next.start }, text: "" };
    return { span: { start: lineStart(text, member.start), end: nextLine(text, rest) }, text: "" };
  }
  const start = before?.end ?? member.start;
  const between = text.slice(start, member.start);
  if (!between.includes("#")) return { span: { start, end: member.end }, text: "" };
  const comma = skipBlanks(text, start, member.start) - start;
  const kept = between.slice(0, comma) + between.slice(comma + 1);
  return { span: { start, end: endOfOwnLine(text, member.end) }, text: kept.trimEnd() };
}

/** The end of the comment behind `at`, or `at` where other text follows on the line. */
function endOfOwnLine(text: string, at: number): number {
  const end = endOfLine(text, at, text.length);
  const next = skipBlanks(text, at, end);
  return next === end || isBlank(text, at, end) ? end : at;
}

function endOfLineBefore(text: string, line: number): number {
  if (line < 2) return Math.max(0, Math.min(line, line - 1));
  return text[line - 2] === "\r" ? line - 2 : line - 1;
}
