import { encodeUtf8 } from "../encoding/utf8.ts";
import type { Secret } from "../manifest/secret.ts";
import type { Purpose } from "../workspace/workspace.ts";
import { entriesOf } from "./chain.ts";
import { type FoundSecret, manifestsIn, type SecretManifest } from "./find-secret.ts";
import { valuesOf } from "./new-secret.ts";
import type { NewValues, RotationRequest } from "./request.ts";
import { isLaterVersion, nextName } from "./versions.ts";

/** What a rotation leads to: a manifest that is there already, or a name for a new one. */
export type Target =
  | { readonly kind: "reuse"; readonly name: string; readonly manifest: SecretManifest }
  | { readonly kind: "create"; readonly name: string };

/**
 * Chooses the Secret that a rotation leads to. What an earlier run has left is taken up again: a later version with exactly
 * these values, or, where none are given, one that a Shoot names already. Else it is the next free name.
 */
export function chooseTarget(request: RotationRequest, found: FoundSecret, purpose: Purpose): Target {
  const { files, values, taken, today } = request;
  const { name, namespace } = found.id;
  const manifests = manifestsIn(files, namespace);
  const named = new Set(entriesOf(files, namespace).map((it) => it.entry.target?.value ?? ""));
  const later = manifests
    .filter(({ secret }) => isLaterVersion(name, secret.name))
    .sort((a, b) => (isLaterVersion(a.secret.name, b.secret.name) ? -1 : 1));
  const left = later.find(({ secret }) => {
    return isSame(secret, purpose, values) || (values === undefined && named.has(secret.name));
  });
  if (left !== undefined) return { kind: "reuse", name: left.secret.name, manifest: left };
  const all = new Set([...(taken ?? []), ...named, ...manifests.map((it) => it.secret.name)]);
  return { kind: "create", name: nextName(name, all, { today }) };
}

/** The latest later version that a Shoot names; undefined where no Shoot does. */
export function successorOf(
  { files }: Pick<RotationRequest, "files">,
  { name, namespace }: { readonly name: string; readonly namespace: string | undefined },
): string | undefined {
  const named = entriesOf(files, namespace).map((it) => it.entry.target?.value ?? "");
  return named.filter((it) => isLaterVersion(name, it)).sort((a, b) => (isLaterVersion(a, b) ? 1 : -1))[0];
}

/** Tells whether a Secret is what a rotation would write: immutable, with these values and no others. */
function isSame({ form, immutable, entries }: Secret, purpose: Purpose, values: NewValues | undefined): boolean {
  const wanted = valuesOf(purpose, values);
  if (form !== "Secret" || immutable?.value !== true || entries.length !== wanted.length) return false;
  return wanted.every(([key, value]) => {
    const bytes = entries.find((it) => it.key === key)?.bytes;
    return bytes !== undefined && areEqual(bytes, encodeUtf8(value));
  });
}

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((it, index) => it === b[index]);
}
