import { isFields } from "../json.ts";

/**
 * The fields of an object that are wanted: `true` for a whole value, a map for a part of one, in a list of each of its
 * objects. Where fields are `sought`, only the objects of a list are wanted that have one of them, at any depth.
 */
export interface Keep {
  readonly [name: string]: true | "sought" | Keep;
}

/** What is left of a value when only the wanted fields are kept. It is what the scanner must give. */
export function keepFields(value: unknown, keep: Keep | true | "sought"): unknown {
  if (keep === true || keep === "sought") return value;
  if (Array.isArray(value)) return keepItems(value, keep);
  if (!isFields(value)) return value;
  const entries = Object.entries(value).filter(([name]) => Object.hasOwn(keep, name));
  return Object.fromEntries(entries.map(([name, it]) => [name, keepFields(it, keep[name] ?? true)]));
}

function keepItems(items: readonly unknown[], keep: Keep): readonly unknown[] {
  const wanted = seeks(keep) ? items.filter((it) => !isFields(it) || holdsSought(it, keep)) : items;
  return wanted.map((it) => (isFields(it) ? keepFields(it, keep) : it));
}

/** Whether anything is sought there. */
function seeks(keep: Keep | true | "sought"): boolean {
  return keep === "sought" || (keep !== true && Object.values(keep).some(seeks));
}

function holdsSought(value: unknown, keep: Keep | true | "sought"): boolean {
  if (keep === true || keep === "sought") return keep === "sought";
  if (Array.isArray(value)) return value.some((it) => isFields(it) && holdsSought(it, keep));
  if (!isFields(value)) return false;
  return Object.entries(value).some(([name, it]) => Object.hasOwn(keep, name) && holdsSought(it, keep[name] ?? true));
}

/** A `Keep` as the scanner wants it: names as bytes. */
export interface KeepNode {
  readonly name: Uint8Array;
  /** Undefined for the whole value. */
  readonly fields: readonly KeepNode[] | undefined;
  readonly sought: boolean;
  /** Whether it or anything in it is sought. */
  readonly seeks: boolean;
}

/** Prepares the wanted fields for the scanner. */
export function compileKeep(keep: Keep): readonly KeepNode[] {
  return Object.entries(keep).map(([name, inner]) => ({
    name: Buffer.from(name),
    fields: inner === true || inner === "sought" ? undefined : compileKeep(inner),
    sought: inner === "sought",
    seeks: seeks(inner),
  }));
}
