import type { ManifestDocument, ManifestFile } from "../manifest/manifest.ts";
import type { ResourceEntry, Shoot } from "../manifest/shoot.ts";
import type { Span } from "../text/span.ts";
import type { Purpose } from "../workspace/workspace.ts";
import type { SecretId } from "./rotation.ts";

/** An entry of spec.resources that names a Secret, and what of the Shoot's caches and mirrors names the entry. */
export interface ChainEntry {
  readonly document: ManifestDocument;
  readonly shoot: Shoot;
  readonly entry: ResourceEntry;
  readonly uses: readonly ChainUse[];
}

/** A field of a cache or mirror host that names an entry. */
export interface ChainUse {
  readonly purpose: Purpose;
  readonly upstream: string | undefined;
  readonly field: string;
  readonly span: Span;
}

/** The entries of all Shoots of a namespace that name one of its Secrets, whichever. */
export function entriesOf(files: readonly ManifestFile[], namespace: string | undefined): readonly ChainEntry[] {
  return files.flatMap(({ documents }) =>
    documents.flatMap((document) =>
      document.shoots
        .filter((it) => sameNamespace(it.namespace?.value, namespace))
        .flatMap((shoot) => shoot.resources.filter(namesSecret).map((entry) => toChainEntry(document, shoot, entry))),
    ),
  );
}

/** The entries that name a Secret. */
export function entriesNaming(files: readonly ManifestFile[], { name, namespace }: SecretId): readonly ChainEntry[] {
  return entriesOf(files, namespace).filter((it) => it.entry.target?.value === name);
}

/** A manifest may leave its namespace to `kubectl -n`, so an absent one matches any. */
export function sameNamespace(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

function namesSecret({ kind, target }: ResourceEntry): boolean {
  return kind?.value === "Secret" && target !== undefined;
}

function toChainEntry(document: ManifestDocument, shoot: Shoot, entry: ResourceEntry): ChainEntry {
  return { document, shoot, entry, uses: usesOf(shoot).filter((it) => it.entry === entry) };
}

function usesOf({ registryCache, registryMirror, resources }: Shoot): readonly (ChainUse & {
  readonly entry: ResourceEntry | undefined;
})[] {
  const caches = (registryCache?.caches ?? []).map((it) => {
    return { purpose: "credentials", upstream: it.upstream?.value, name: it.secretReferenceName } as const;
  });
  const hosts = (registryMirror?.mirrors ?? []).flatMap(({ upstream, hosts: of }) =>
    of.map((it) => {
      return { purpose: "ca-bundle", upstream: upstream?.value, name: it.caBundleSecretReferenceName } as const;
    }),
  );
  return [...caches, ...hosts].flatMap(({ purpose, upstream, name }) => {
    if (name === undefined) return [];
    // Of two entries with one name the webhooks look at the first only.
    const entry = resources.find((it) => it.name?.value === name.value);
    return [{ purpose, upstream, field: name.path, span: name.span, entry }];
  });
}
