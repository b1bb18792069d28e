import type { ManifestDocument, ManifestFile } from "../manifest/manifest.ts";
import type { Secret } from "../manifest/secret.ts";
import { closest } from "../text/distance.ts";
import { fail, type Result, succeed } from "../text/result.ts";
import { entriesNaming, sameNamespace } from "./chain.ts";
import type { RotationFiles } from "./request.ts";
import type { Blocker, SecretId } from "./rotation.ts";

/** A manifest that stands for a Secret, and where it is. */
export interface SecretManifest {
  readonly file: ManifestFile;
  readonly document: ManifestDocument;
  readonly secret: Secret;
}

/** The one manifest that stands for a Secret, and the namespace that is meant. */
export interface FoundSecret extends SecretManifest {
  readonly id: SecretId;
}

/** All manifests that stand for Secrets of a namespace. */
export function manifestsIn(files: readonly ManifestFile[], namespace: string | undefined): readonly SecretManifest[] {
  return files.flatMap((file) =>
    file.documents.flatMap((document) =>
      document.secrets
        .filter((it) => sameNamespace(it.namespace, namespace))
        .map((secret) => ({ file, document, secret })),
    ),
  );
}

/** Finds the manifest that stands for a Secret, or says why it is not the one to rotate. */
export function findSecret(request: RotationFiles): Result<FoundSecret, readonly Blocker[]> {
  const { secret: wanted, files } = request;
  const namespace = findNamespace(request);
  if (!namespace.ok) return fail([namespace.error]);
  const id = { name: wanted.name, namespace: namespace.value };
  const [found, ...others] = manifestsIn(files, id.namespace).filter((it) => it.secret.name === id.name);
  if (found === undefined) return fail([unknownSecret(request)]);
  if (others.length > 0) return fail([found, ...others].map(severalManifests));
  return succeed({ ...found, id });
}

/** The namespace that is asked for, or else the only one that has the Secret. */
export function findNamespace({ secret, files }: RotationFiles): Result<string | undefined, Blocker> {
  const { name, namespace } = secret;
  if (namespace !== undefined) return succeed(namespace);
  const manifests = manifestsIn(files, undefined).filter((it) => it.secret.name === name);
  const written = distinct(manifests.map((it) => it.secret.namespace));
  const namespaces =
    written.length > 0 ? written : distinct(entriesNaming(files, secret).map((it) => it.shoot.namespace?.value));
  if (namespaces.length < 2) return succeed(namespaces[0]);
  const message = `Secret "${name}" is in the namespaces ${namespaces.join(", ")}; choose one with -n`;
  return fail({ kind: "ambiguous-namespace", message });
}

function distinct(names: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(names.filter((it) => it !== undefined))].sort();
}

function unknownSecret({ secret, files }: RotationFiles): Blocker {
  const { name, namespace } = secret;
  const [use] = entriesNaming(files, secret);
  const where = namespace === undefined ? "" : ` in namespace "${namespace}"`;
  if (use?.entry.target !== undefined) {
    const message = `Secret "${name}" has no manifest${where} in these files; name the folder that holds it, too`;
    return { kind: "unknown-secret", message, place: { uri: use.shoot.uri, span: use.entry.target.span } };
  }
  const names = manifestsIn(files, namespace).map((it) => it.secret.name);
  const similar = closest(name, names) ?? names.find((it) => it.startsWith(name));
  const hint = similar === undefined ? "" : `; did you mean "${similar}"`;
  return { kind: "unknown-secret", message: `there is no Secret "${name}"${where} in these files${hint}` };
}

function severalManifests({ file, secret }: SecretManifest): Blocker {
  // A kustomization may set the namespace, but what a file does not say itself may be any.
  const what = secret.namespace === undefined ? ", and this one does not say its namespace; write that in, or" : ";";
  return {
    kind: "several-manifests",
    message: `Secret "${secret.name}" has more than one manifest${what} keep one of them`,
    place: { uri: file.uri, span: secret.nameSpan },
  };
}
