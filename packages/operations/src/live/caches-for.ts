import { type CacheSetup, cacheSetups, isLaterVersion, type Result } from "@registry-cache/core";
import { type GardenClient, resources } from "@registry-cache/garden";
import { cacheFields, readCacheSetups, shootFile } from "./cache-setups.ts";
import { placeWords } from "./unseen.ts";

/** A Secret that is not there yet, and which caches it is for. */
export interface CachesForRequest {
  readonly secret: string;
  /** Only of this Shoot; by default of all Shoots of the namespace. */
  readonly shoot: string | undefined;
  /** With a Shoot, which of its caches. */
  readonly cache: string | undefined;
}

/** Finds the caches that a new Secret is for: those that name it already, and those that use an earlier version of it. */
export async function findCachesFor(
  client: GardenClient,
  { secret, shoot, cache }: CachesForRequest,
): Promise<Result<readonly CacheSetup[], string>> {
  const all =
    shoot === undefined
      ? { ok: true as const, value: await readAll(client) }
      : await readCacheSetups(client, { shoot, cache, credentials: false });
  if (!all.ok || cache !== undefined) return all;
  const chosen = all.value.filter((it) => isFor(it, secret));
  if (chosen.length > 0) return { ok: true, value: chosen };
  if (shoot !== undefined && all.value.length === 1) return all;
  const whose = shoot === undefined ? `Shoot ${placeWords(client.namespace)}` : `cache of Shoot "${shoot}"`;
  const how = shoot === undefined ? "--upstream, or --shoot and --cache" : "--cache";
  return {
    ok: false,
    error: `no ${whose} uses Secret "${secret}" or an earlier version of it: say by ${how} where the credential is to be tried, or --skip-probe`,
  };
}

function isFor({ credential }: CacheSetup, secret: string): boolean {
  const used = "secret" in credential ? credential.secret : undefined;
  return used !== undefined && (used === secret || isLaterVersion(used, secret));
}

async function readAll(client: GardenClient): Promise<readonly CacheSetup[]> {
  const found: CacheSetup[] = [];
  const query = { resource: resources.shoots, namespace: client.namespace, keep: cacheFields };
  for await (const { items } of client.pages(query)) found.push(...cacheSetups(items.map(shootFile)));
  return found;
}
