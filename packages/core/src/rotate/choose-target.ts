import { encodeUtf8 } from "../encoding/utf8.ts";
import type { Secret, SecretForm } from "../manifest/secret.ts";
import type { Purpose } from "../workspace/workspace.ts";
import { parseYaml } from "../yaml/parse.ts";
import { entriesOf } from "./chain.ts";
import { type FoundSecret, manifestsIn, type SecretManifest } from "./find-secret.ts";
import { valuesOf } from "./new-secret.ts";
import { nextExternal, saysTheSame } from "./next-external.ts";
import type { NewValues, RotationRequest } from "./request.ts";
import type { SecretId } from "./rotation.ts";
import { isLaterVersion, nextName } from "./versions.ts";

/** What a rotation leads to: a manifest that is there already, or a name for a new one. */
export type Target =
  | { readonly kind: "reuse"; readonly name: string; readonly manifest: SecretManifest }
  | { readonly kind: "create"; readonly name: string };

/**
 * Chooses the Secret that a rotation leads to. What an earlier run or a person has left is taken up: a later version with
 * exactly these values; where none are given, or a version's values cannot be compared, one that a Shoot names already; and
 * without values any version that only another program can make. Else it is the next free name.
 */
export function chooseTarget(request: RotationRequest, found: FoundSecret, purpose: Purpose): Target {
  const { files, values, taken, today } = request;
  const { name, namespace } = found.id;
  const named = new Set(entriesOf(files, namespace).map((it) => it.entry.target?.value ?? ""));
  const later = laterManifests(request, found.id);
  const left = later.find((it) => isSame(it.secret, purpose, values) || repeats(request, found, it));
  const target = left ?? takenUp(request, found, { later, named });
  if (target !== undefined) return { kind: "reuse", name: target.secret.name, manifest: target };
  const all = new Set([...(taken ?? []), ...named, ...manifestsIn(files, namespace).map((it) => it.secret.name)]);
  return { kind: "create", name: nextName(name, all, { today }) };
}

/** The manifests of all later versions, the earliest first. */
export function laterManifests({ files }: Pick<RotationRequest, "files">, id: SecretId): readonly SecretManifest[] {
  return manifestsIn(files, id.namespace)
    .filter(({ secret }) => isLaterVersion(id.name, secret.name))
    .sort((a, b) => (isLaterVersion(a.secret.name, b.secret.name) ? -1 : 1));
}

/** A version that is under way, whatever it holds. */
function takenUp(
  { values, resume }: RotationRequest,
  { secret }: FoundSecret,
  { later, named }: { readonly later: readonly SecretManifest[]; readonly named: ReadonlySet<string> },
): SecretManifest | undefined {
  const underWay = later.find((it) => {
    return named.has(it.secret.name) && (values === undefined || isSealedLike(it.secret, secret));
  });
  // What cannot be written with empty values was made by somebody who meant it to be used.
  const any = resume === true || (values === undefined && !mayBeEmpty.has(secret.form));
  return underWay ?? (any ? later.at(-1) : undefined);
}

/** Of two sealed versions of one form the later one is most likely what the same command has made before. */
function isSealedLike({ form }: Secret, old: Secret): boolean {
  return form !== "Secret" && form === old.form;
}

const mayBeEmpty: ReadonlySet<SecretForm> = new Set(["Secret", "ExternalSecret"]);

/** Tells whether an ExternalSecret is what would be written under its name. */
function repeats(request: RotationRequest, found: FoundSecret, { file, secret }: SecretManifest): boolean {
  if (found.secret.form !== "ExternalSecret" || secret.form !== "ExternalSecret") return false;
  const others = request.files.filter((it) => it !== file);
  const made = nextExternal({ ...request, files: others }, found, { uri: file.uri, name: secret.name });
  const root = made.ok ? parseYaml(made.value.text).find((it) => it.root !== undefined)?.root : undefined;
  return saysTheSame(root, secret.root);
}

/** The latest later version that a Shoot names; undefined where no Shoot does. */
export function successorOf(
  { files }: Pick<RotationRequest, "files">,
  { name, namespace }: SecretId,
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
