import { emptyScalar, makeMap, type RawEntry } from "./assemble.ts";
import { readAlias, readEmpty, readProperties, readScalar } from "./compose-scalar.ts";
import {
  type Composer,
  peek,
  type Reading,
  refuseAll,
  refuseNext,
  type Source,
  startComposer,
  take,
} from "./composer.ts";
import { makeEntry, refuseNotFinite } from "./map-entry.ts";
import type { Node, SeqItem, YamlProblem } from "./node.ts";
import type { Refusal, Token } from "./token.ts";

/** What the tokens of one document make: its value and the problems, or the reason why they make none. */
export interface Composed {
  readonly root: Node | undefined;
  readonly problems: readonly YamlProblem[];
  readonly mergedKeys: number;
  readonly refusal: Refusal | undefined;
}

/** Builds the tree of one document. What follows its root is ignored, as kubectl does. */
export function compose(source: Source, tokens: readonly Token[], unreadable: Refusal | undefined): Composed {
  const composer = startComposer(source, tokens, unreadable);
  const first = peek(composer);
  if (first === "directive") refuseNext(composer, "kubectl takes no `%` directives before a document");
  const reading = first === "end" ? undefined : readNode(composer, "block");
  if (reading) refuseNotFinite(composer, reading);
  if (peek(composer) === "error") refuseNext(composer, "");
  const { problems, mergedKeys, refusal } = composer;
  return { root: reading?.node, problems, mergedKeys, refusal };
}

/** Where a value stands: directly behind a map's `:` a list needs no indentation of its own. */
type Place = "block" | "map" | "flow";

function readNode(composer: Composer, place: Place): Reading {
  if (peek(composer) === "alias") {
    composer.values += 1;
    return readAlias(composer);
  }
  const { start } = composer.token;
  const { anchor, tag } = readProperties(composer);
  const anchored = { node: undefined as Node | undefined, values: composer.values };
  if (anchor !== undefined) composer.anchors.set(anchor, anchored);
  composer.values += 1;
  const node = readContent(composer, place, tag, anchor !== undefined || tag !== undefined);
  anchored.node = node;
  anchored.values = composer.values - anchored.values;
  return { node, start, end: composer.at, tag, alias: undefined };
}

function readContent(composer: Composer, place: Place, tag: string | undefined, mayBeEmpty: boolean): Node {
  switch (peek(composer)) {
    case "scalar":
      return readScalar(composer, tag);
    case "[":
      return readFlowList(composer);
    case "{":
      return readFlowMap(composer);
    case "open-map":
      if (place === "flow") break;
      return readBlockMap(composer);
    case "open-list":
      if (place === "flow") break;
      take(composer);
      return readBlockList(composer, true);
    case "-":
      if (place !== "map") break;
      return readBlockList(composer, false);
  }
  if (!mayBeEmpty) refuseNext(composer, "a value is expected here");
  return readEmpty(composer, tag);
}

function readBlockMap(composer: Composer): Node {
  const { start } = composer.token;
  const raw: RawEntry[] = [];
  take(composer);
  while (peek(composer) === "?") {
    take(composer);
    const key = readUnless(composer, "map", ["?", ":", "close"]);
    raw.push(makeEntry(composer, key, readValue(composer, "map", ["?", ":", "close"])));
  }
  if (peek(composer) === "close") take(composer);
  else refuseNext(composer, "this fits no line above; check the indentation, or quote the text before it");
  return makeMap(spanFrom(composer, start), false, raw, composer);
}

/** A list with an indentation of its own ends with it; one at the column of its key ends at whatever is no dash. */
function readBlockList(composer: Composer, indented: boolean): Node {
  const { start } = composer.token;
  const items: SeqItem[] = [];
  while (peek(composer) === "-") {
    const dash = composer.token.start;
    take(composer);
    const value = readUnless(composer, "block", indented ? ["-", "close"] : ["-", "?", ":", "close"]);
    items.push(toItem(composer, value, dash));
  }
  if (indented && peek(composer) === "close") take(composer);
  else if (indented) refuseNext(composer, "this fits no item above; check the indentation");
  return { type: "seq", span: spanFrom(composer, start), flow: false, items };
}

function readFlowList(composer: Composer): Node {
  const { start } = composer.token;
  const items: SeqItem[] = [];
  take(composer);
  while (peek(composer) !== "]" && !staysOpen(composer, start, "[")) {
    if (items.length > 0 && !takeComma(composer, start, "[")) break;
    items.push(toItem(composer, peek(composer) === "?" ? readPair(composer) : readNode(composer, "flow"), undefined));
  }
  take(composer);
  return { type: "seq", span: spanFrom(composer, start), flow: true, items };
}

/** `[key: value]` is a list of one map that has no braces of its own. */
function readPair(composer: Composer): Reading {
  take(composer);
  const { start } = composer.token;
  composer.values += 1;
  const key = readUnless(composer, "flow", [":", ",", "]"]);
  const entry = makeEntry(composer, key, readValue(composer, "flow", [",", "]"]));
  const node = makeMap(spanFrom(composer, start), true, [entry], composer);
  return { node, start, end: composer.at, tag: undefined, alias: undefined };
}

function readFlowMap(composer: Composer): Node {
  const { start } = composer.token;
  const raw: RawEntry[] = [];
  take(composer);
  while (peek(composer) !== "}" && !staysOpen(composer, start, "{")) {
    if (raw.length > 0 && !takeComma(composer, start, "{")) break;
    const marked = peek(composer) === "?";
    if (marked) take(composer);
    const key = marked ? readUnless(composer, "flow", [":", ",", "}"]) : readNode(composer, "flow");
    // Without a mark, written or implied by a `:` on the same line, a key has no value.
    const value = marked ? readValue(composer, "flow", [",", "}"]) : readNothing(composer);
    raw.push(makeEntry(composer, key, value));
  }
  take(composer);
  return makeMap(spanFrom(composer, start), true, raw, composer);
}

/** Tells whether the text ends, or cannot be read on, within brackets. */
function staysOpen(composer: Composer, start: number, opening: string): boolean {
  const kind = peek(composer);
  if (composer.refusal !== undefined || (kind !== "end" && kind !== "close")) return composer.refusal !== undefined;
  const message = `this \`${opening}\` is not closed`;
  refuseAll(composer, { kind: "syntax", span: { start, end: start + 1 }, message });
  return true;
}

/** Takes the comma between two members; false where the collection ends, behind a last comma or for want of one. */
function takeComma(composer: Composer, start: number, opening: "[" | "{"): boolean {
  const closing = opening === "[" ? "]" : "}";
  if (peek(composer) !== ",") {
    refuseNext(composer, `a \`,\` or the \`${closing}\` of an open \`${opening}\` is expected here`);
    return false;
  }
  take(composer);
  return peek(composer) !== closing && !staysOpen(composer, start, opening);
}

function readValue(composer: Composer, place: Place, ends: readonly string[]): Reading {
  if (peek(composer) !== ":") return readNothing(composer);
  take(composer);
  return readUnless(composer, place, ends);
}

function readUnless(composer: Composer, place: Place, ends: readonly string[]): Reading {
  return ends.includes(peek(composer)) ? readNothing(composer) : readNode(composer, place);
}

function readNothing(composer: Composer): Reading {
  const { at, source } = composer;
  composer.values += 1;
  return { node: emptyScalar(source.base + at), start: at, end: at, tag: undefined, alias: undefined };
}

function toItem(composer: Composer, reading: Reading, dash: number | undefined): SeqItem {
  refuseNotFinite(composer, reading);
  const { base } = composer.source;
  const { node, start, end, alias } = reading;
  const span = { start: base + (dash ?? start), end: base + end };
  if (dash === undefined) return alias === undefined ? { span, value: node } : { span, value: node, alias };
  return alias === undefined
    ? { span, value: node, dash: base + dash }
    : { span, value: node, dash: base + dash, alias };
}

function spanFrom({ source: { part, base }, at }: Composer, start: number): { start: number; end: number } {
  return { start: base + start, end: base + Math.min(Math.max(at, start), part.length) };
}
