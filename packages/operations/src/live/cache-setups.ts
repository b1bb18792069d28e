import { type CacheSetup, cacheSetups, type ManifestFile, type Result, readManifests } from "@registry-cache/core";
import { type ApiObject, type GardenClient, GardenError, type Keep, resources } from "@registry-cache/garden";
import { asManifest } from "./shoot-fields.ts";
import { placeWords, unlessForbidden, unlessMissing } from "./unseen.ts";

/** Which caches of a Shoot of a garden. */
export interface CacheSetupsRequest {
  readonly shoot: string;
  /** Only the cache for this upstream. */
  readonly cache: string | undefined;
  /** Whether the credentials are needed: only then are the values of their Secrets read. */
  readonly credentials: boolean;
}

/** What of a Shoot its caches are made of. */
export const cacheFields: Keep = {
  metadata: { name: true, namespace: true },
  spec: { extensions: true, resources: true },
};

/**
 * Reads what the caches of a Shoot are given to work with, as its garden has it; the error says why there is none of them.
 * Throws a `GardenError` where a credential that is needed may not be read or is not there.
 */
export async function readCacheSetups(
  client: GardenClient,
  { shoot: name, cache, credentials }: CacheSetupsRequest,
): Promise<Result<readonly CacheSetup[], string>> {
  const { namespace } = client;
  const shoot = await client.get({ resource: resources.shoots, namespace, name }, { keep: cacheFields });
  const files = [shootFile(shoot)];
  const chosen = chooseCaches(cacheSetups(files), name, cache);
  if (!chosen.ok || !credentials) return chosen;
  const names = new Set(
    chosen.value.flatMap(({ credential }) => ("secret" in credential ? (credential.secret ?? []) : [])),
  );
  for (const it of names) files.push(await readSecretFile(client, it, chosen.value));
  return chooseCaches(cacheSetups(files), name, cache);
}

/** A Shoot as a manifest that is read. */
export function shootFile(shoot: ApiObject): ManifestFile {
  return readManifests(`shoot ${shoot.metadata.name}`, JSON.stringify(asManifest(shoot)));
}

/** A Secret as a manifest that is read. Its values are in it. */
export function secretFile(secret: ApiObject): ManifestFile {
  return readManifests(
    `secret ${secret.metadata.name}`,
    JSON.stringify({ ...secret, apiVersion: "v1", kind: "Secret" }),
  );
}

function chooseCaches(
  all: readonly CacheSetup[],
  shoot: string,
  cache: string | undefined,
): Result<readonly CacheSetup[], string> {
  const chosen = cache === undefined ? all : all.filter((it) => it.upstream === cache);
  if (chosen.length > 0) return { ok: true, value: chosen };
  if (all.length === 0) return { ok: false, error: `Shoot "${shoot}" has no cache` };
  const known = [...new Set(all.map((it) => it.upstream))].join(", ");
  return { ok: false, error: `Shoot "${shoot}" has no cache for "${cache}", known are ${known}` };
}

async function readSecretFile(
  client: GardenClient,
  name: string,
  caches: readonly CacheSetup[],
): Promise<ManifestFile> {
  const { namespace } = client;
  const found = await unlessForbidden(unlessMissing(client.get({ resource: resources.secrets, namespace, name })));
  if (found !== undefined && found !== "forbidden") return secretFile(found);
  const [cache] = caches.filter(({ credential }) => "secret" in credential && credential.secret === name);
  const what = `Secret "${name}" ${placeWords(namespace)}, which has the credential for "${cache?.upstream}"`;
  const otherwise = `give a credential with --cache ${cache?.upstream} --username NAME --password-stdin`;
  throw found === "forbidden"
    ? new GardenError("forbidden", `you may not read ${what}: ${otherwise}`)
    : new GardenError("not-found", `there is no ${what}: ${otherwise}`);
}
