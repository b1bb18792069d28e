import type { MappingEvent, ScalarEvent, SequenceEvent } from "js-yaml";
import { EVENT_ID } from "js-yaml";
import type { Span } from "../text/span.ts";
import { emptyScalar, type RawEntry, type Tally } from "./assemble.ts";
import type { Node, ScalarNode, SeqItem } from "./node.ts";
import { keyText } from "./resolve-scalar.ts";
import { skipBlanks } from "./skip.ts";

/** The text that events point into: `part` is one part of a stream, `base` its offset in the whole text. */
export interface Source {
  readonly part: string;
  readonly base: number;
}

/** A collection that is still open. */
export interface Frame {
  readonly event: MappingEvent | SequenceEvent;
  /** The name of the collection's anchor with what stands for it until the collection is read. */
  readonly anchor: { readonly name: string; readonly open: Anchored } | undefined;
  readonly entries: RawEntry[];
  readonly items: SeqItem[];
  /** Where the collection's own text starts: at its dash in a block list, else at its anchor, tag or first character. */
  readonly start: number;
  readonly dash: number | undefined;
  key: { readonly node: ScalarNode; readonly name: string; readonly merge: boolean } | undefined;
  /** How many values the collection stands for with every alias written out. */
  values: number;
}

/** What an anchor names. */
export interface Anchored {
  /** Absent while the anchored collection is still open: an alias to it would contain itself. */
  readonly node: Node | undefined;
  readonly values: number;
}

/** A document in the making. */
export interface Builder extends Tally {
  readonly source: Source;
  readonly start: number;
  readonly stack: Frame[];
  readonly anchors: Map<string, Anchored>;
  root: Node | undefined;
  /** The end of what was read last, as an offset in the part. */
  at: number;
  values: number;
}

/** A value that has been read: the text it occupies, and the values it stands for. */
export interface Placed {
  readonly values: number;
  readonly start: number;
  readonly end: number;
  readonly dash: number | undefined;
  readonly alias: Span | undefined;
  /** Present and true for a scalar whose tag keeps it from being a merge key. */
  readonly tagged?: boolean;
}

/** Starts a document at an offset of the part. */
export function startDocument(source: Source, at: number): Builder {
  return {
    source,
    start: at,
    stack: [],
    anchors: new Map(),
    problems: [],
    mergedKeys: 0,
    root: undefined,
    at,
    values: 0,
  };
}

/** Puts a value where it belongs: into the open list, as the open map's next key or value, or as the document's root. */
export function place(builder: Builder, node: Node, placed: Placed): void {
  const frame = builder.stack.at(-1);
  if (frame === undefined) {
    builder.root = node;
    builder.values += placed.values;
    return;
  }
  frame.values = Math.min(frame.values + placed.values, Number.MAX_SAFE_INTEGER);
  if (frame.event.type === EVENT_ID.SEQUENCE) frame.items.push(toItem(node, placed));
  else if (frame.key === undefined) frame.key = asKey(builder, node, placed);
  else {
    const { node: key, name, merge } = frame.key;
    frame.entries.push({ key, name, merge, value: node, valueEnd: placed.end, alias: placed.alias });
    frame.key = undefined;
  }
}

/** The dash of the block list that is open, when a value of it comes next; reading goes on behind it. */
export function takeDash(builder: Builder): number | undefined {
  const frame = builder.stack.at(-1);
  if (frame === undefined || frame.event.type !== EVENT_ID.SEQUENCE || frame.event.style === 2) return undefined;
  const { part } = builder.source;
  const next = skipBlanks(part, builder.at, part.length);
  if (part.charCodeAt(next) !== 45) return undefined;
  builder.at = next + 1;
  return next;
}

/** Lets an anchor name a value from here on; kubectl takes fewer names than YAML allows. */
export function anchor(
  builder: Builder,
  event: ScalarEvent | MappingEvent | SequenceEvent,
  anchored: Anchored,
): string {
  const { part, base } = builder.source;
  const name = part.slice(event.anchorStart, event.anchorEnd);
  if (!/^[\w-]+$/.test(name)) {
    const span = { start: base + event.anchorStart, end: base + event.anchorEnd };
    const message = "kubectl takes only letters, digits, `-` and `_` in the name of an anchor";
    builder.problems.push({ kind: "syntax", span, message });
  }
  builder.anchors.set(name, anchored);
  return name;
}

/** Where the text of a value starts, as an offset in the part: at its anchor or tag where it has one. */
export function startOf(event: ScalarEvent | MappingEvent | SequenceEvent, at: number): number {
  const anchored = event.anchorStart < 0 ? at : Math.min(at, event.anchorStart - 1);
  return event.tagStart < 0 ? anchored : Math.min(anchored, event.tagStart);
}

function toItem(value: Node, { start, end, dash, alias }: Placed): SeqItem {
  const span = { start: dash ?? start, end };
  if (alias !== undefined) return dash === undefined ? { span, value, alias } : { span, value, dash, alias };
  return dash === undefined ? { span, value } : { span, value, dash };
}

function asKey({ problems }: Builder, node: Node, { alias, tagged }: Placed): Frame["key"] {
  const span = alias ?? node.span;
  if (node.type !== "scalar") {
    problems.push({ kind: "syntax", span, message: "a key must be a single value, not a map or a list" });
    return { node: emptyScalar(node.span.start), name: "", merge: false };
  }
  const key = alias === undefined ? node : { ...node, span };
  const merge = node.style === "plain" && node.text === "<<" && alias === undefined && !tagged;
  if (merge) return { node: key, name: "<<", merge };
  const name = keyText(node.value, node.text);
  if (name === undefined) problems.push({ kind: "syntax", span, message: "kubectl takes no such key; quote it" });
  return { node: key, name: name ?? "", merge: false };
}
