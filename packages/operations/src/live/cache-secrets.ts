import { cacheSetups, expiryAnnotation, readLiveChain, type SummarizedUse } from "@registry-cache/core";
import { type ApiObject, type GardenClient, type Keep, resources } from "@registry-cache/garden";
import { cacheFields, shootFile } from "./cache-setups.ts";
import { resolveScope, type ScopeRequest } from "./scope.ts";
import { secretKey } from "./secret-index.ts";
import { placeWords, type Unseen, unlessForbidden } from "./unseen.ts";

/** A Secret that caches use or that is marked as one of theirs. */
export interface CacheSecret {
  readonly namespace: string;
  readonly name: string;
  readonly uses: readonly SummarizedUse[];
  /** Its metadata, without any value; or why there is none. */
  readonly metadata: ApiObject | "forbidden" | "missing";
}

/** The Secrets of the caches of a garden, and what could not be looked at. */
export interface CacheSecrets {
  readonly secrets: readonly CacheSecret[];
  readonly unseen: readonly Unseen[];
}

const metadataFields: Keep = {
  metadata: { name: true, namespace: true, creationTimestamp: true, annotations: { [expiryAnnotation]: true } },
};

/** Finds the Secrets of caches, by Shoots and by the metadata of Secrets alone. Throws a `GardenError` where Shoots cannot be listed. */
export async function findCacheSecrets(client: GardenClient, request: ScopeRequest): Promise<CacheSecrets> {
  const scope = await resolveScope(client, request);
  const secrets: CacheSecret[] = [];
  const unseen: Unseen[] = [...scope.unseen];
  for (const namespace of scope.namespaces) {
    const uses = await readUses(client, namespace);
    const known = await unlessForbidden(readMetadata(client, namespace));
    if (known === "forbidden") unseen.push({ what: `Secrets ${placeWords(namespace)}`, why: "forbidden" });
    secrets.push(...join(uses, known));
  }
  return { secrets, unseen };
}

interface UsedSecret {
  readonly namespace: string;
  readonly name: string;
  readonly uses: readonly SummarizedUse[];
}

/** What caches use, by `namespace/name`. */
type Uses = ReadonlyMap<string, UsedSecret>;

/** Reads which caches use which Secrets. */
async function readUses(client: GardenClient, namespace: string | undefined): Promise<Uses> {
  const found = new Map<string, UsedSecret>();
  const query = { resource: resources.shoots, ...(namespace && { namespace }), keep: cacheFields };
  for await (const { items } of client.pages(query))
    for (const it of items) {
      if (readLiveChain(it).uses.length > 0) addUses(found, it);
    }
  return found;
}

function addUses(found: Map<string, UsedSecret>, shoot: ApiObject): void {
  const { namespace = "" } = shoot.metadata;
  for (const { credential, upstream, remoteURL } of cacheSetups([shootFile(shoot)])) {
    const name = "secret" in credential ? credential.secret : undefined;
    if (name === undefined) continue;
    const key = secretKey(namespace, name);
    const uses = [...(found.get(key)?.uses ?? []), { shoot: shoot.metadata.name, upstream, remoteURL }];
    found.set(key, { namespace, name, uses });
  }
}

async function readMetadata(
  client: GardenClient,
  namespace: string | undefined,
): Promise<ReadonlyMap<string, ApiObject>> {
  const found = new Map<string, ApiObject>();
  const query = { resource: resources.secrets, ...(namespace && { namespace }), metadataOnly: true };
  for await (const { items } of client.pages({ ...query, keep: metadataFields }))
    for (const it of items) found.set(secretKey(it.metadata.namespace ?? "", it.metadata.name), it);
  return found;
}

function join(uses: Uses, known: ReadonlyMap<string, ApiObject> | "forbidden"): readonly CacheSecret[] {
  const without: CacheSecret["metadata"] = known === "forbidden" ? "forbidden" : "missing";
  const all = known === "forbidden" ? new Map<string, ApiObject>() : known;
  const marked = [...all].filter(([key, { metadata }]) => {
    return !uses.has(key) && metadata.annotations?.[expiryAnnotation] !== undefined;
  });
  return [
    ...[...uses].map(([key, used]) => ({ ...used, metadata: all.get(key) ?? without })),
    ...marked.map(([, it]) => ({
      namespace: it.metadata.namespace ?? "",
      name: it.metadata.name,
      uses: [],
      metadata: it,
    })),
  ].toSorted((a, b) => (secretKey(a.namespace, a.name) < secretKey(b.namespace, b.name) ? -1 : 1));
}
