import { isFields } from "../json.ts";

/** The fields of an object that are wanted: `true` for a whole value, a map for a part of one, in a list of each of its objects. */
export interface Keep {
  readonly [name: string]: true | Keep;
}

/** What is left of a value when only the wanted fields are kept. It is what the scanner must give. */
export function keepFields(value: unknown, keep: Keep | true): unknown {
  if (keep === true) return value;
  if (Array.isArray(value)) return value.map((it) => (isFields(it) ? keepFields(it, keep) : it));
  if (!isFields(value)) return value;
  const entries = Object.entries(value).filter(([name]) => Object.hasOwn(keep, name));
  return Object.fromEntries(entries.map(([name, it]) => [name, keepFields(it, keep[name] ?? true)]));
}

/** A `Keep` as the scanner wants it: names as bytes. */
export interface KeepNode {
  readonly name: Uint8Array;
  readonly fields: readonly KeepNode[] | undefined;
}

/** Prepares the wanted fields for the scanner. */
export function compileKeep(keep: Keep): readonly KeepNode[] {
  return Object.entries(keep).map(([name, inner]) => ({
    name: Buffer.from(name),
    fields: inner === true ? undefined : compileKeep(inner),
  }));
}
