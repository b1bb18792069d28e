import { emptyScalar } from "./assemble.ts";
import { type Composer, peek, type Reading, refuseAll, take } from "./composer.ts";
import type { ScalarNode, ScalarValue } from "./node.ts";
import { resolvePlain, resolveTagged } from "./resolve-scalar.ts";
import { scalarText } from "./scalar-text.ts";
import { readTag } from "./scan-property.ts";

/** With aliases written out a document may hold this many values, or two for each of its characters: no bomb stalls a reader. */
const maxAliasedValues = 200_000;

/** The anchor and the tag of a value. */
export interface Properties {
  readonly anchor?: string | undefined;
  readonly tag?: string | undefined;
}

const noProperties: Properties = {};

/** Reads what may stand before a value: an anchor and a tag, in any order. */
export function readProperties(composer: Composer): Properties {
  const first = peek(composer);
  if (first !== "anchor" && first !== "tag") return noProperties;
  const written = takeText(composer);
  const second = peek(composer);
  const other = second !== first && (second === "anchor" || second === "tag") ? takeText(composer) : undefined;
  const [anchor, tag] = first === "anchor" ? [written, other] : [other, written];
  return { anchor: anchor?.slice(1), tag: tag && readTag(tag) };
}

function takeText(composer: Composer): string {
  const { start, end } = composer.token;
  take(composer);
  return composer.source.part.slice(start, end);
}

/** Reads a scalar that is written out. */
export function readScalar(composer: Composer, tag: string | undefined): ScalarNode {
  const { token, source } = composer;
  const { style, start } = token;
  const end = Math.min(token.end, source.part.length);
  const text = scalarText(source.part, token);
  take(composer);
  const span = { start: source.base + start, end: source.base + end };
  const node: ScalarNode = { type: "scalar", span, style, text, value: style === "plain" ? resolvePlain(text) : text };
  return tag === undefined ? node : { ...node, value: readTagged(composer, node, tag) };
}

/** A value that no character stands for, except perhaps an anchor or a tag: right behind what announces it. */
export function readEmpty(composer: Composer, tag: string | undefined): ScalarNode {
  const { at, source } = composer;
  const node = emptyScalar(source.base + at);
  return tag === undefined ? node : { ...node, value: readTagged(composer, node, tag) };
}

function readTagged(composer: Composer, { text, span }: ScalarNode, tag: string): ScalarValue {
  const value = resolveTagged(tag, text);
  if (value !== undefined) return value;
  composer.problems.push({ kind: "syntax", span, message: "kubectl cannot read this value as its tag says" });
  return text;
}

/** Reads an alias: the node is the anchored one. */
export function readAlias(composer: Composer): Reading {
  const { token, source, anchors, problems } = composer;
  const { start, end } = token;
  const name = source.part.slice(start + 1, end);
  const alias = { start: source.base + start, end: source.base + end };
  const anchored = anchors.get(name);
  take(composer);
  if (anchored?.node === undefined) {
    // The name stays out of it: a password that starts with `*` and lacks its quotes is taken for an alias too.
    const message = anchored ? "this alias stands inside its own anchor" : "no anchor above has the name of this alias";
    problems.push({ kind: "alias", span: alias, message });
  } else countAliased(composer, anchored.values);
  const node = anchored?.node ?? emptyScalar(alias.end);
  return { node, start, end, tag: undefined, alias };
}

function countAliased(composer: Composer, values: number): void {
  composer.values += values;
  composer.aliased += values;
  const { source, values: all, aliased } = composer;
  const excessive = aliased > 100 && all > 1000 && aliased / all > allowedShare(all);
  if (!excessive && (all <= maxAliasedValues || all <= 2 * source.part.length)) return;
  const message = "aliases stand for far more values than a manifest may have; write the values out";
  refuseAll(composer, { kind: "too-complex", span: { start: 0, end: 0 }, message });
}

/** go-yaml's bound on the share of values that come from aliases. */
function allowedShare(values: number): number {
  return values <= 400_000 ? 0.99 : 0.99 - (0.89 * (Math.min(values, 4_000_000) - 400_000)) / 3_600_000;
}
