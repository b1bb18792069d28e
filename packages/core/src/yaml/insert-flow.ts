import type { Edit } from "../text/edit.ts";
import type { Span } from "../text/span.ts";
import { columnOf, followsQuotedKey, isBlank, isFirstOnLine, layoutOf, lineStart } from "./layout.ts";
import { type FlowStyle, isScalarLike, type Literal, renderFlow, renderFlowEntry } from "./literal.ts";
import type { MapNode, Node, SeqNode } from "./node.ts";
import { toJson } from "./quote-scalar.ts";
import { endOfLine, skipBlanks } from "./skip.ts";

/** A member to be written into a flow collection; an item has no key. */
export interface NewMember {
  readonly members: readonly Span[];
  readonly index: number;
  readonly key?: string;
  readonly value: Literal;
}

/** Adds an entry or item between the brackets of a flow collection; where its siblings have lines of their own, it gets one, too. */
export function insertIntoFlow(text: string, node: MapNode | SeqNode, member: NewMember): Edit {
  const { members, index } = member;
  const write = writer(text, node, member);
  const previous = members[index - 1];
  const next = members[index];
  if (node.type === "map" && text[node.span.start] !== "{") {
    // A pair in a list, as in `[key: value]`, has no braces yet.
    return { span: node.span, text: `{ ${text.slice(node.span.start, node.span.end)}, ${write(0)} }` };
  }
  if (next !== undefined) return insertBefore(text, next, write);
  return previous === undefined ? fillEmpty(text, node, write) : insertLast(text, node, { previous, write });
}

/** Tells whether a flow collection is written as JSON writes it. */
export function isJson(text: string, node: Node): boolean {
  if (node.type === "scalar") return node.style === "double";
  if (node.type === "map" && node.written[0]) return node.written[0].key.style === "double";
  const first = node.type === "seq" ? node.items[0] : undefined;
  const followsKey = followsQuotedKey(text, node.span.start);
  return followsKey || (first !== undefined && first.alias === undefined && isJson(text, first.value));
}

/** Writes the new member for a place at a column. */
type Writer = (column: number) => string;

function writer(text: string, node: MapNode | SeqNode, { key, value, members }: NewMember): Writer {
  const style: FlowStyle = { json: isJson(text, node), compact: isCompact(text, node, members) };
  const { newline } = layoutOf(text);
  const [first] = members;
  const ownLine = first !== undefined && isFirstOnLine(text, first.start);
  const unit = ownLine ? columnOf(text, first.start) - indentOf(text, node.span.start) : 0;
  if (!style.json || unit <= 0 || isScalarLike(value)) {
    const line = key === undefined ? renderFlow(value, style) : renderFlowEntry(key, value, style);
    return () => line;
  }
  const start = key === undefined ? "" : `${toJson(key)}: `;
  const lines = toJson(value, " ".repeat(unit)).split("\n");
  return (column) => start + lines.join(newline + " ".repeat(column));
}

function isCompact(text: string, node: MapNode | SeqNode, [first, second]: readonly Span[]): boolean {
  if (node.type === "map") {
    const key = node.written[0]?.key;
    return key !== undefined && text[key.span.end] === ":" && !isBlank(text, key.span.end + 1, key.span.end + 2);
  }
  return first !== undefined && second !== undefined && first.end + 1 === second.start;
}

function insertBefore(text: string, { start }: Span, write: Writer): Edit {
  const column = columnOf(text, start);
  const separator = isFirstOnLine(text, start) ? layoutOf(text).newline + indentText(text, start) : " ";
  return { span: { start, end: start }, text: `${write(column)},${separator}` };
}

function insertLast(
  text: string,
  node: MapNode | SeqNode,
  { previous, write }: { readonly previous: Span; readonly write: Writer },
): Edit {
  const { end } = previous;
  if (!isFirstOnLine(text, previous.start)) {
    const separator = node.span.start + 1 < end && isTight(text, node) ? "," : ", ";
    return { span: { start: end, end }, text: separator + write(columnOf(text, end)) };
  }
  const line = layoutOf(text).newline + indentText(text, previous.start) + write(columnOf(text, previous.start));
  const close = closeOf(text, node.span);
  const comma = skipBlanks(text, end, text.length);
  const written = text[comma] === ",";
  const from = written ? comma + 1 : end;
  const lineEnd = endOfLine(text, from, text.length);
  const stop = close < lineEnd ? from : lineEnd;
  const rest = text.slice(from, stop);
  return { span: { start: from, end: stop }, text: written ? `${rest}${line},` : `,${rest}${line}` };
}

function isTight(text: string, node: MapNode | SeqNode): boolean {
  const members = node.type === "map" ? node.written : node.items;
  return isCompact(
    text,
    node,
    members.map((it) => it.span),
  );
}

function fillEmpty(text: string, { type, span }: MapNode | SeqNode, write: Writer): Edit {
  const close = closeOf(text, span);
  const inside = text.slice(span.start + 1, close);
  const start = lineStart(text, close);
  if (start > span.start && isBlank(text, start, close)) {
    const column = columnOf(text, close) + layoutOf(text).mapIndent;
    return { span: { start, end: start }, text: " ".repeat(column) + write(column) + layoutOf(text).newline };
  }
  const padded = inside === " " || (inside === "" && type === "map" && !followsQuotedKey(text, span.start));
  const written = write(columnOf(text, close));
  return { span: { start: span.start + 1, end: close }, text: padded ? ` ${written} ` : `${inside.trim()}${written}` };
}

/** Where the closing bracket stands, or the end of a text that lacks it. */
function closeOf(text: string, { start, end }: Span): number {
  return end - 1 > start && "]}".includes(text.charAt(end - 1)) ? end - 1 : end;
}

function indentOf(text: string, at: number): number {
  return indentText(text, at).length;
}

function indentText(text: string, at: number): string {
  const start = lineStart(text, at);
  let end = start;
  while (text.charCodeAt(end) === 32 || text.charCodeAt(end) === 9) end += 1;
  return text.slice(start, end);
}
