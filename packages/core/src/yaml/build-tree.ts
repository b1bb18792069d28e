import { EVENT_ID, type Event, type MappingEvent, type ScalarEvent, type SequenceEvent } from "js-yaml";
import type { Span } from "../text/span.ts";
import { emptyScalar, makeMap, maxMergedKeys } from "./assemble.ts";
import {
  type Anchored,
  anchor,
  type Builder,
  place,
  type Source,
  startDocument,
  startOf,
  takeDash,
} from "./builder.ts";
import type { Node, YamlDocument } from "./node.ts";
import { readEmpty, readWritten } from "./read-scalar.ts";
import { endOfLine, skipBlanks } from "./skip.ts";

/** With aliases written out a document may hold this many values, or two for each of its characters: no bomb stalls a reader. */
const maxAliasedValues = 200_000;

/** Builds the documents of one part of a stream from parser events. */
export function buildTree(events: readonly Event[], source: Source): readonly YamlDocument[] {
  const documents: YamlDocument[] = [];
  let builder: Builder | undefined;
  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT) builder = startDocument(source, builder?.at ?? 0);
    else if (builder === undefined) continue;
    else if (event.type === EVENT_ID.POP && builder.stack.length === 0) documents.push(endDocument(builder));
    else step(builder, event);
  }
  return documents;
}

function endDocument({ source, start, at, root, problems, values, mergedKeys }: Builder): YamlDocument {
  const span = { start: source.base + start, end: source.base + at };
  if ((values > maxAliasedValues && values > 2 * source.part.length) || mergedKeys > maxMergedKeys) {
    const message = "aliases stand for far more values than a manifest may have; write the values out";
    return { span, problems: [{ kind: "too-complex", span: firstLine(source, span), message }] };
  }
  const empty = root === undefined || (root.type === "scalar" && root.value === null);
  return empty ? { span, problems } : { span, root, problems };
}

function firstLine({ part, base }: Source, { start, end }: Span): Span {
  const first = skipBlanks(part, start - base, part.length);
  return { start: Math.min(base + first, end), end: Math.min(base + endOfLine(part, first, part.length), end) };
}

function step(builder: Builder, event: Event): void {
  if (event.type === EVENT_ID.SCALAR) readScalar(builder, event);
  else if (event.type === EVENT_ID.ALIAS) readAlias(builder, event.anchorStart, event.anchorEnd);
  else if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) open(builder, event);
  else if (event.type === EVENT_ID.POP) close(builder);
}

function readScalar(builder: Builder, event: ScalarEvent): void {
  const { source, problems } = builder;
  const dash = takeDash(builder);
  const node =
    event.valueStart < 0
      ? readEmpty(source, event, placeOfEmpty(builder, dash), problems)
      : readWritten(source, event, builder.at, problems);
  const { start, end } = node.span;
  builder.at = Math.max(builder.at, end - source.base);
  if (event.anchorStart >= 0) anchor(builder, event, { node, values: 1 });
  const from = source.base + startOf(event, start - source.base);
  place(builder, node, {
    values: 1,
    start: from,
    end,
    dash: offset(builder, dash),
    alias: undefined,
    tagged: isTaggedOther(builder, event),
  });
}

/** `!` and `!!merge` leave a merge key what it is; any other tag makes it a key like others. */
function isTaggedOther({ source: { part } }: Builder, event: ScalarEvent): boolean {
  return event.tagStart >= 0 && !["!", "!!merge"].includes(part.slice(event.tagStart, event.tagEnd));
}

/** An empty value stands right behind the `:`, `?` or `-` that announces it; a flow map's bare key announces its value itself. */
function placeOfEmpty({ source: { part }, stack, at }: Builder, dash: number | undefined): number {
  const frame = stack.at(-1);
  if (dash !== undefined || frame?.event.type !== EVENT_ID.MAPPING) return at;
  const next = skipBlanks(part, at, part.length);
  return part[next] === (frame.key ? ":" : "?") ? next + 1 : at;
}

function readAlias(builder: Builder, start: number, end: number): void {
  const { part, base } = builder.source;
  const dash = takeDash(builder);
  const name = part.slice(start, end);
  const alias = { start: base + start - 1, end: base + end };
  const anchored = builder.anchors.get(name);
  builder.at = end;
  if (anchored?.node === undefined) {
    const message = anchored ? `anchor "${name}" contains itself` : `anchor "${name}" is not defined above this alias`;
    builder.problems.push({ kind: "alias", span: alias, message });
  }
  const node = anchored?.node ?? emptyScalar(alias.end);
  const values = anchored?.values ?? 1;
  place(builder, node, { values, start: alias.start, end: alias.end, dash: offset(builder, dash), alias });
}

function open(builder: Builder, event: MappingEvent | SequenceEvent): void {
  const dash = takeDash(builder);
  const placeholder: Anchored = { node: undefined, values: 0 };
  const named = event.anchorStart < 0 ? undefined : { name: anchor(builder, event, placeholder), open: placeholder };
  const start = startOf(event, event.start);
  builder.stack.push({ event, anchor: named, start, entries: [], items: [], dash, key: undefined, values: 1 });
  // In block style, and in a pair without braces, the collection starts with its first key or dash, which is still to be read.
  const bracket = event.style === 2 && !isBarePair(builder, event);
  builder.at = bracket ? event.start + 1 : Math.max(builder.at, event.start);
}

function close(builder: Builder): void {
  const frame = builder.stack.pop();
  if (frame === undefined) return;
  const { base } = builder.source;
  const { event, entries, items } = frame;
  const flow = event.style === 2;
  if (flow && !isBarePair(builder, event)) builder.at = behindClosingBracket(builder);
  const span = { start: base + event.start, end: base + builder.at };
  const node: Node =
    event.type === EVENT_ID.MAPPING ? makeMap(span, flow, entries, builder) : { type: "seq", span, flow, items };
  // An anchor of the same name within the collection came later, so it stays.
  const named = frame.anchor;
  if (named && builder.anchors.get(named.name) === named.open) {
    builder.anchors.set(named.name, { node, values: frame.values });
  }
  const { values, start } = frame;
  place(builder, node, {
    values,
    start: base + start,
    end: span.end,
    dash: offset(builder, frame.dash),
    alias: undefined,
  });
}

/** `[key: value]` is a list of one map that has no braces of its own. */
function isBarePair({ source: { part } }: Builder, event: MappingEvent | SequenceEvent): boolean {
  return event.type === EVENT_ID.MAPPING && event.style === 2 && part.charCodeAt(event.start) !== 123;
}

function behindClosingBracket({ source: { part }, at }: Builder): number {
  let next = skipBlanks(part, at, part.length);
  while (part[next] === "," || part[next] === ":" || part[next] === "?") next = skipBlanks(part, next + 1, part.length);
  return Math.min(next + 1, part.length);
}

function offset({ source: { base } }: Builder, at: number | undefined): number | undefined {
  return at === undefined ? undefined : base + at;
}
