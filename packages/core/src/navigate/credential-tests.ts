import { type CacheSetup, cacheSetups } from "../analyze/cache-setups.ts";
import type { Workspace } from "../analyze/open-workspace.ts";
import type { ManifestFile } from "../manifest/manifest.ts";
import type { Cache } from "../manifest/registry-config.ts";
import type { Secret } from "../manifest/secret.ts";
import type { Shoot } from "../manifest/shoot.ts";
import type { Span } from "../text/span.ts";
import { sameNamespace } from "../workspace/name-index.ts";
import { placeOf } from "../workspace/written-name.ts";

/** What a credential is tried for, as plain JSON: one cache of a Shoot, or every cache that a Secret is for. */
export type CredentialTarget =
  | { readonly of: "cache"; readonly uri: string; readonly upstream: string; readonly shoot?: string }
  | { readonly of: "secret"; readonly name: string; readonly namespace?: string };

/** A place where a credential, or an upstream that asks for none, can be tried. */
export interface CredentialTest {
  readonly span: Span;
  readonly target: CredentialTarget;
  /** False for a cache that refers to no Secret. */
  readonly hasCredential: boolean;
}

/** The caches of a file's Shoots, and its Secrets that caches use. */
export function credentialTests(file: ManifestFile, workspace: Workspace): readonly CredentialTest[] {
  return file.documents
    .flatMap(({ shoots, secrets }) => [
      ...shoots.flatMap((shoot) => (shoot.registryCache?.caches ?? []).flatMap((it) => cacheTest(shoot, it))),
      ...secrets.flatMap((it) => secretTest(it, workspace)),
    ])
    .sort((a, b) => a.span.start - b.span.start);
}

/** The files whose texts a test needs: of the Shoots, and of what stands for the Secrets. */
export function credentialFiles(target: CredentialTarget, { garden, report }: Workspace): readonly string[] {
  if (target.of === "secret") {
    const secret = { name: target.name, namespace: target.namespace };
    const references = garden.usesOf(secret, "credentials");
    const manifests = garden.manifestsOf(secret.name, secret.namespace);
    return [...new Set([...manifests, ...references].map((it) => it.uri))];
  }
  const references = (report(target.uri)?.shoots ?? []).flatMap((it) => it.references);
  const manifests = references.flatMap(({ target: named, namespace }) =>
    named === undefined ? [] : garden.manifestsOf(named.name, namespace),
  );
  return [...new Set([target.uri, ...manifests.map((it) => it.uri)])];
}

/** The caches that a test is about, in the order of the files. */
export function credentialSetups(target: CredentialTarget, files: readonly ManifestFile[]): readonly CacheSetup[] {
  return cacheSetups(files).filter(({ uri, upstream, shoot, namespace, credential }) =>
    target.of === "cache"
      ? uri === target.uri && upstream === target.upstream && shoot === target.shoot
      : credential.kind !== "none" && credential.secret === target.name && sameNamespace(namespace, target.namespace),
  );
}

function cacheTest({ uri, name }: Shoot, { upstream, secretReferenceName }: Cache): readonly CredentialTest[] {
  if (upstream === undefined) return [];
  const target = { of: "cache", uri, upstream: upstream.value, ...(name && { shoot: name.value }) } as const;
  return [{ span: placeOf(secretReferenceName ?? upstream), target, hasCredential: secretReferenceName !== undefined }];
}

function secretTest(secret: Secret, { garden }: Workspace): readonly CredentialTest[] {
  const { name, namespace, nameSpan, nameWritten } = secret;
  if (garden.countUses({ name, namespace }, "credentials") === 0) return [];
  const target = { of: "secret", name, ...(namespace === undefined ? {} : { namespace }) } as const;
  return [{ span: nameWritten ? placeOf(nameWritten) : nameSpan, target, hasCredential: true }];
}
