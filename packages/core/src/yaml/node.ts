import type { Span } from "../text/span.ts";

/** A YAML value at its place in the text. Where the text writes an alias, the node is the anchored one, at the anchor's place. */
export type Node = ScalarNode | MapNode | SeqNode;

/** What kubectl reads from a scalar; a bigint is an integer that a double cannot hold. */
export type ScalarValue = null | boolean | number | bigint | string;

/** How a scalar is written; "empty" means that no character stands for it. */
export type ScalarStyle = "plain" | "single" | "double" | "literal" | "folded" | "empty";

/** A scalar: `text` is its content without quotes and folding, `value` what kubectl makes of it. */
export interface ScalarNode {
  readonly type: "scalar";
  readonly span: Span;
  readonly style: ScalarStyle;
  readonly text: string;
  readonly value: ScalarValue;
}

/** One `key: value` of a map. `span` runs from the key to the end of what the text writes as the value. */
export interface MapEntry {
  readonly span: Span;
  readonly key: ScalarNode;
  /** The key as kubectl reads it: always a string. */
  readonly name: string;
  readonly value: Node;
  /** The place of the alias, where the value is written as one. */
  readonly alias?: Span;
}

/** A map. `entries` are those that count (merges resolved, of duplicates the last), `written` those in the text. */
export interface MapNode {
  readonly type: "map";
  readonly span: Span;
  readonly flow: boolean;
  readonly entries: readonly MapEntry[];
  readonly written: readonly MapEntry[];
}

/** One item of a list; `span` is what the text writes, `dash` the offset of its `-` in block style. */
export interface SeqItem {
  readonly span: Span;
  readonly value: Node;
  readonly dash?: number;
  readonly alias?: Span;
}

/** A list of values. */
export interface SeqNode {
  readonly type: "seq";
  readonly span: Span;
  readonly flow: boolean;
  readonly items: readonly SeqItem[];
}

/** What keeps a text from being read as its author may believe. */
export type YamlProblemKind = "syntax" | "duplicate-key" | "alias" | "too-complex";

/** One problem of reading a text; it never stops the rest from being read. */
export interface YamlProblem {
  readonly kind: YamlProblemKind;
  readonly span: Span;
  readonly message: string;
  /** For a duplicate key: the place of the key that came first. */
  readonly first?: Span;
}

/** One document of a stream. `root` is absent where the document is empty or too complex to be read. */
export interface YamlDocument {
  readonly span: Span;
  readonly root?: Node;
  readonly problems: readonly YamlProblem[];
}

/** A map without a place in any text, for objects that were not read from one. */
export const emptyMap: MapNode = { type: "map", span: { start: 0, end: 0 }, flow: false, entries: [], written: [] };

/** The entry of a map that counts for a name, or undefined when there is none or the node is no map. */
export function entryOf(node: Node | undefined, name: string): MapEntry | undefined {
  if (node?.type !== "map") return undefined;
  for (const entry of node.entries) if (entry.name === name) return entry;
  return undefined;
}

/** The value of a map's entry; a value of null counts as absent, as it does for the API server. */
export function fieldOf(node: Node | undefined, name: string): Node | undefined {
  const value = entryOf(node, name)?.value;
  return value === undefined || isNull(value) ? undefined : value;
}

/** Tells whether a node is null, written or left empty. */
export function isNull(node: Node): boolean {
  return node.type === "scalar" && node.value === null;
}

/** The values of a list; none when the node is no list. */
export function itemsOf(node: Node | undefined): readonly SeqItem[] {
  return node?.type === "seq" ? node.items : [];
}
