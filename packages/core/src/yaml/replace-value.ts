import type { Edit } from "../text/edit.ts";
import type { Span } from "../text/span.ts";
import { isJson } from "./insert-flow.ts";
import { columnOf, layoutOf, membersOf } from "./layout.ts";
import { isList, isScalarLike, type Literal, renderBlock, renderFlow } from "./literal.ts";
import type { MapEntry, MapNode } from "./node.ts";
import { replaceScalar } from "./replace-scalar.ts";
import { endOfLine, skipBlanks } from "./skip.ts";

/** Writes another value in place of an entry's; an anchor or tag before the value and a comment behind its key stay. */
export function replaceValue(text: string, map: MapNode, entry: MapEntry, value: Literal): Edit {
  const { value: old, alias } = entry;
  const scalar = typeof value !== "object";
  if (scalar && alias === undefined && old.type === "scalar") return replaceScalar(text, old, value);
  if (map.flow || isScalarLike(value)) return replaceInline(text, map, entry, value);
  const { newline, mapIndent, listIndent } = layoutOf(text);
  const head = headOf(text, entry);
  const column = columnOf(text, membersOf(text, map)[0]?.start ?? 0) + (isList(value) ? listIndent : mapIndent);
  const lines = renderBlock(value, listIndent).map((line) => newline + " ".repeat(column) + line);
  return { span: { start: head.end, end: Math.max(entry.span.end, head.end) }, text: head.colon + lines.join("") };
}

function replaceInline(text: string, map: MapNode, entry: MapEntry, value: Literal): Edit {
  const written = renderFlow(value, { json: isJson(text, map), compact: false });
  if (entry.alias !== undefined) return { span: entry.alias, text: written };
  const head = headOf(text, entry);
  const start = head.behindProperties;
  const end = Math.max(entry.span.end, start);
  if (head.end <= start) return { span: { start, end }, text: `${head.colon} ${written}` };
  return { span: { start, end: Math.max(end, head.end) }, text: ` ${written}${text.slice(start, head.end)}` };
}

interface Head extends Span {
  readonly behindProperties: number;
  /** What must be added where an entry is only a key. */
  readonly colon: string;
}

/** The part of an entry that stays: key, colon, anchor and tag; and the rest of the key's line where the value starts below it. */
function headOf(text: string, { key, value, alias }: MapEntry): Head {
  const at = skipBlanks(text, key.span.end, text.length);
  if (text[at] !== ":") {
    return { start: key.span.start, end: key.span.end, behindProperties: key.span.end, colon: ":" };
  }
  const valueStart = alias?.start ?? value.span.start;
  const lineEnd = endOfLine(text, at, text.length);
  const properties = /^(?:[ \t]+[&!][^\s,[\]{}]*)*/.exec(text.slice(at + 1, Math.max(at + 1, valueStart)))?.[0] ?? "";
  const behindProperties = at + 1 + properties.length;
  const isEmpty = value.type === "scalar" && value.style === "empty" && alias === undefined;
  const end = valueStart > lineEnd || isEmpty ? endOfComment(text, behindProperties, lineEnd) : behindProperties;
  return { start: key.span.start, end, behindProperties, colon: "" };
}

/** The line's end, where a comment or nothing follows; else the place itself. */
function endOfComment(text: string, at: number, lineEnd: number): number {
  return skipBlanks(text, at, lineEnd) === lineEnd ? lineEnd : at;
}
