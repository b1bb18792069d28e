import type { Span } from "../text/span.ts";
import { emptyScalar, type RawEntry } from "./assemble.ts";
import type { Composer, Reading } from "./composer.ts";
import type { ScalarNode } from "./node.ts";
import { isFloatTag, keyText } from "./resolve-scalar.ts";

/** Makes an entry of what was read as key and value; a key that kubectl refuses is reported and has an empty name. */
export function makeEntry(composer: Composer, key: Reading, value: Reading): RawEntry {
  refuseNotFinite(composer, value);
  const { problems } = composer;
  const span = key.alias ?? key.node.span;
  if (key.node.type !== "scalar") {
    // As in `{{ x }}`: of keys within keys the outer one says it for all.
    for (let last = problems.at(-1); last && isWithin(last.span, span); last = problems.at(-1)) problems.pop();
    problems.push({ kind: "syntax", span, message: "a key must be a single value, not a map or a list" });
    return toRaw(composer, { key: emptyScalar(span.start), name: "", merge: false }, value);
  }
  const node = key.alias === undefined ? key.node : { ...key.node, span };
  if (isMerge(key.node, key)) return toRaw(composer, { key: node, name: "<<", merge: true }, value);
  const name = keyText(node.value, node.text, key.tag !== undefined && isFloatTag(key.tag));
  // An alias to nothing was reported when it was read.
  const isReported = key.alias !== undefined && problems.at(-1)?.span.start === span.start;
  if (name === undefined && !isReported)
    problems.push({ kind: "syntax", span, message: "kubectl takes no such key; quote it" });
  return toRaw(composer, { key: node, name: name ?? "", merge: false }, value);
}

// Written out, since this runs for every key of every file and a spread would cost as much as all the rest of it.
function toRaw(
  { source }: Composer,
  { key, name, merge }: Pick<RawEntry, "key" | "name" | "merge">,
  value: Reading,
): RawEntry {
  return { key, name, merge, value: value.node, valueEnd: source.base + value.end, alias: value.alias };
}

function isWithin(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

/** Reports a value that JSON has no number for; as a key it would do. */
export function refuseNotFinite({ problems }: Composer, { node, alias }: Reading): void {
  if (node.type !== "scalar" || typeof node.value !== "number" || Number.isFinite(node.value)) return;
  const message = "kubectl refuses a document with a number that is not finite";
  problems.push({ kind: "syntax", span: alias ?? node.span, message });
}

/** A merge key has no tag, or one that leaves it what it is; an alias is none. */
function isMerge({ text, style }: ScalarNode, { alias, tag }: Reading): boolean {
  if (text !== "<<" || alias !== undefined) return false;
  if (tag === undefined) return style === "plain";
  return tag === "!" || tag === "!!merge" || tag === "tag:yaml.org,2002:merge";
}
