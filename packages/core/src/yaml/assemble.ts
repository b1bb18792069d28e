import type { Span } from "../text/span.ts";
import type { MapEntry, MapNode, Node, ScalarNode, YamlProblem } from "./node.ts";

/** An entry as it was written, before merges and duplicates are settled. */
export interface RawEntry {
  readonly key: ScalarNode;
  readonly name: string;
  readonly merge: boolean;
  readonly value: Node;
  readonly valueEnd: number;
  readonly alias: Span | undefined;
}

/** What a document has met so far: problems found, and keys copied by merges. */
export interface Tally {
  readonly problems: YamlProblem[];
  mergedKeys: number;
}

/** Merges may copy at most this many keys in one document; go-yaml has no such limit, but no manifest comes near it. */
export const maxMergedKeys = 100_000;

/** Makes a map of what was written: merges resolved and the last of duplicate keys kept, as kubectl does; duplicates are reported. */
export function makeMap(span: Span, flow: boolean, raw: readonly RawEntry[], tally: Tally): MapNode {
  const written = raw.map(toEntry);
  if (!raw.some((it) => it.merge) && !holdsTwice(raw)) return { type: "map", span, flow, entries: written, written };
  reportDuplicates(raw, tally.problems);
  return { type: "map", span, flow, entries: settle(raw, written, tally), written };
}

/** Tells whether a name comes more than once. */
export function holdsTwice(entries: readonly { readonly name: string }[]): boolean {
  // Most maps have a handful of keys: comparing pairs costs less than building a set.
  if (entries.length > 16) return new Set(entries.map((it) => it.name)).size < entries.length;
  for (let index = 1; index < entries.length; index += 1) {
    const name = entries[index]?.name;
    for (let before = 0; before < index; before += 1) if (entries[before]?.name === name) return true;
  }
  return false;
}

/** Makes a scalar that no character stands for, at the place where it would be typed. */
export function emptyScalar(at: number): ScalarNode {
  return { type: "scalar", span: { start: at, end: at }, style: "empty", text: "", value: null };
}

function toEntry({ key, name, value, valueEnd, alias }: RawEntry): MapEntry {
  const span = { start: key.span.start, end: Math.max(valueEnd, key.span.end) };
  return alias === undefined ? { span, key, name, value } : { span, key, name, value, alias };
}

function reportDuplicates(raw: readonly RawEntry[], problems: YamlProblem[]): void {
  const first = new Map<string, ScalarNode>();
  for (const { key, name, merge } of raw) {
    if (merge || isRefused(name, key)) continue;
    const before = first.get(name);
    if (before === undefined) first.set(name, key);
    else {
      const message = `key "${name}" is written twice; kubectl keeps the last one without a word`;
      problems.push({ kind: "duplicate-key", span: key.span, message, first: before.span });
    }
  }
}

/** A key that kubectl refuses has an empty name and was reported; one that is empty by intent is in quotes. */
function isRefused(name: string, { style }: ScalarNode): boolean {
  return name === "" && (style === "empty" || style === "plain");
}

function settle(raw: readonly RawEntry[], written: readonly MapEntry[], tally: Tally): readonly MapEntry[] {
  const settled = new Map<string, MapEntry>();
  raw.forEach((it, index) => {
    const entry = written[index];
    if (entry === undefined) return;
    if (!it.merge) settled.set(it.name, entry);
    else for (const merged of mergedEntries(it.value, entry, tally)) settled.set(merged.name, merged);
  });
  return [...settled.values()];
}

function mergedEntries(value: Node, entry: MapEntry, tally: Tally): readonly MapEntry[] {
  // Of several merged maps the first one wins, so the later ones are laid down before it.
  const sources = value.type === "seq" ? [...value.items].reverse().map((it) => it.value) : [value];
  const maps = sources.flatMap((it) => (it.type === "map" ? [it] : []));
  // kubectl takes a list of maps here only where it is written out, not as an alias.
  if (maps.length === sources.length && !(value.type === "seq" && entry.alias)) {
    tally.mergedKeys += maps.reduce((sum, it) => sum + it.entries.length, 0);
    return tally.mergedKeys > maxMergedKeys ? [] : maps.flatMap((it) => it.entries);
  }
  // An alias that stands for nothing is reported as such.
  if (value.span.start === entry.alias?.end) return [];
  const message = "a merge key `<<` takes a map or a list of maps";
  tally.problems.push({ kind: "syntax", span: entry.alias ?? entry.value.span, message });
  return [];
}
