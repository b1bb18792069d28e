import type { Shoot } from "../manifest/shoot.ts";
import type { SchemaProblem } from "../schema/check.ts";
import { type Literal, removeEntry, renameKey, setEntry } from "../yaml/edit.ts";
import { entryOf, type ScalarValue } from "../yaml/node.ts";
import type { DraftFix } from "./rule.ts";

/** A written field that is deprecated, or that not every version of Kubernetes has. */
export type RestrictedField = Extract<SchemaProblem, { readonly kind: "restricted-field" }>;

/** The restricted fields of a Shoot, each with the Kubernetes version that does not have it, where that is the one written. */
export function* restrictedFields(
  shoot: Shoot,
): Iterable<{ readonly field: RestrictedField; readonly refusedBy: string | undefined }> {
  for (const field of shoot.schemaProblems) {
    if (field.kind !== "restricted-field") continue;
    const version = versionAt(shoot, field.path);
    yield { field, refusedBy: version !== undefined && isRefused(field, version) ? version : undefined };
  }
}

/** Ways to do without the field: what takes its place, where that is clear. */
export function replacementFixes({ name, entry, parent, schema }: RestrictedField, text: string): readonly DraftFix[] {
  const { replacement } = schema;
  if (replacement === undefined) return [];
  const { field, as, beside } = replacement;
  if (entryOf(parent, field) !== undefined) return [removal({ name, entry, parent }, text)];
  const title = `Change to "${field}"`;
  if (as === undefined) return [{ title, safe: true, edits: [renameKey(text, entry, field)] }];
  const value = literalOf(entry.value.type === "scalar" ? entry.value.value : null);
  if (value === undefined || !parent.written.includes(entry)) return [];
  const edits = [renameKey(text, entry, field), setEntry(text, parent, name, { ...beside, [as]: value })];
  return [{ title, safe: true, edits }];
}

/** Takes the field out. What it said is lost. */
export function removal(
  { name, entry, parent }: Pick<RestrictedField, "name" | "entry" | "parent">,
  text: string,
): DraftFix {
  return { title: `Remove "${name}"`, edits: [removeEntry(text, parent, entry)] };
}

/** Tells whether a path leads into the field of another. */
export function isBelow(path: string, outer: string | undefined): boolean {
  return outer !== undefined && (path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`));
}

/** The version of Kubernetes that a field is for: the worker pool's own, or the cluster's. */
function versionAt({ workers, kubernetesVersion }: Shoot, path: string): string | undefined {
  const pool = /^spec\.provider\.workers\[(\d+)\]/.exec(path)?.[1];
  return (workers[Number(pool)]?.kubernetesVersion ?? kubernetesVersion)?.value;
}

function isRefused({ schema: { since, until } }: RestrictedField, version: string): boolean {
  const minor = minorOf(version);
  if (minor === undefined) return false;
  return (
    (since !== undefined && minor < Number(minorOf(since))) || (until !== undefined && minor >= Number(minorOf(until)))
  );
}

function minorOf(version: string): number | undefined {
  const minor = /^v?1\.(\d+)(?:[.+-]|$)/.exec(version)?.[1];
  return minor === undefined ? undefined : Number(minor);
}

function literalOf(value: ScalarValue): Literal | undefined {
  return typeof value === "string" ? value : undefined;
}
