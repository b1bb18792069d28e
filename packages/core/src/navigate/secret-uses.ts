import type { Workspace } from "../analyze/open-workspace.ts";
import type { ManifestFile } from "../manifest/manifest.ts";
import type { SecretForm } from "../manifest/secret.ts";
import { type NamespacedName, sameNamespace } from "../workspace/name-index.ts";
import type { WrittenName } from "../workspace/written-name.ts";
import { namesIn } from "./names.ts";

/** A place of some file that writes the name of a Secret. */
export interface SecretPlace {
  readonly uri: string;
  readonly name: WrittenName;
  /** The kind of manifest that the name belongs to; absent where a Shoot names the Secret. */
  readonly form?: SecretForm;
  readonly namespace: string | undefined;
}

/**
 * All places that write the name of a Secret, those of the open file first. A manifest without a namespace may be for any,
 * so where one has the name, the Shoots of all namespaces count.
 */
export function secretPlaces(file: ManifestFile, secret: NamespacedName, workspace: Workspace): readonly SecretPlace[] {
  const places = placesIn(file, secret, workspace);
  const anywhere = places.some((it) => it.form !== undefined && it.namespace === undefined);
  return anywhere && secret.namespace !== undefined
    ? placesIn(file, { name: secret.name, namespace: undefined }, workspace)
    : places;
}

function placesIn(
  file: ManifestFile,
  { name, namespace }: NamespacedName,
  { garden }: Workspace,
): readonly SecretPlace[] {
  const own = namesIn(file).flatMap((it): readonly SecretPlace[] => {
    if (it.of !== "secret" || it.name.name !== name || !sameNamespace(it.namespace, namespace)) return [];
    return [{ uri: file.uri, name: it.name, namespace: it.namespace, ...(it.secret && { form: it.secret.form }) }];
  });
  const manifests = garden.manifestsOf(name, namespace).flatMap((it): readonly SecretPlace[] => {
    return it.written ? [{ uri: it.uri, name: it.written, namespace: it.namespace, form: it.form }] : [];
  });
  const mentions = garden.mentionsOf({ name, namespace });
  return [...own, ...[...manifests, ...mentions].filter((it) => it.uri !== file.uri)];
}
