import {
  type CacheStatus,
  type ClusterFacts,
  cacheStatuses,
  chains,
  inspect,
  openWorkspace,
  readManifests,
  type ShootChain,
  secretsOf,
} from "@registry-cache/core";
import { type ApiObject, type GardenClient, resources } from "@registry-cache/garden";
import { resolveScope, type ScopeRequest } from "./scope.ts";
import { getSecrets, listSecrets, type SecretIndex } from "./secret-index.ts";
import { asManifest, statusFields } from "./shoot-fields.ts";
import type { Unseen } from "./unseen.ts";

/** Which Shoots to show. */
export interface StatusRequest extends ScopeRequest {
  /** Shoots by name; all of them when empty. */
  readonly shoots: readonly string[];
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Gets the caches as they come, so that a garden of any size needs no more memory; the outcome has none then. */
  readonly onCaches?: ((caches: readonly CacheStatus[]) => void) | undefined;
}

/** The state of the caches, and what could not be looked at. */
export interface StatusOutcome {
  readonly caches: readonly CacheStatus[];
  /** How many Shoots were looked at, those without caches too. */
  readonly shoots: number;
  readonly unseen: readonly Unseen[];
}

/** Reads the state of every cache and mirror. Throws a `GardenError` rather than give a part of the answer as the whole. */
export async function readStatus(client: GardenClient, request: StatusRequest): Promise<StatusOutcome> {
  const scope = await resolveScope(client, request);
  const named = request.shoots.length > 0;
  const caches: CacheStatus[] = [];
  let shoots = 0;
  const memory: ChainMemory = new Map();
  const take = (items: readonly ApiObject[], secrets: SecretIndex): void => {
    shoots += items.length;
    const found = items.flatMap((it) => statusOf(it, { secrets, now: request.now, memory }));
    if (request.onCaches === undefined) caches.push(...found);
    else request.onCaches(found);
  };
  if (named) {
    const found = await getShoots(client, scope.namespaces, request.shoots);
    const secrets = await getSecrets(client, found.flatMap(secretRefs));
    take(found, secrets);
    return { caches, shoots, unseen: [...scope.unseen, ...secrets.unseen] };
  }
  const listing = listSecrets(client, scope.namespaces);
  // It is waited for when the first page is there; a failure must not go unheard before.
  listing.catch(() => undefined);
  for await (const items of shootPages(client, scope.namespaces, request)) take(items, await listing);
  return { caches, shoots, unseen: [...scope.unseen, ...(await listing).unseen] };
}

/** Chains that were judged already, by all that they were judged from. */
export type ChainMemory = Map<string, ShootChain | undefined>;

/** What the states of caches are told from, beside their Shoot. */
export interface StatusSources {
  readonly secrets: SecretIndex;
  readonly now: number;
  /** Shoots of one fleet are alike: each way is judged once. */
  readonly memory?: ChainMemory;
}

/** So many chains are remembered. */
const remembered = 2_000;

/** The states of the caches of one Shoot. */
export function statusOf(shoot: ApiObject, { secrets, now, memory }: StatusSources): readonly CacheStatus[] {
  const namespace = shoot.metadata.namespace ?? "";
  const chain = recall(memory, shoot, factsOf(shoot, secrets));
  return chain === undefined
    ? []
    : cacheStatuses(shoot, chain, { now, secretOf: (name) => secrets.seen(namespace, name) });
}

/** The chain as it was judged before, where all is the same but the name of the Shoot, which no link and no finding shows. */
function recall(
  memory: ChainMemory | undefined,
  shoot: ApiObject,
  cluster: ClusterFacts | undefined,
): ShootChain | undefined {
  const { namespace } = shoot.metadata;
  // What has no bearing on the chain only makes the text longer.
  const { extensions, resources: entries } = specOf(shoot);
  const metadata = { name: "shoot", ...(namespace && { namespace }) };
  const text = JSON.stringify({ ...asManifest({ metadata }), spec: { extensions, resources: entries } });
  if (memory === undefined) return judge(text, cluster);
  const key = `${text} ${JSON.stringify(cluster)}`;
  if (memory.has(key)) return memory.get(key);
  const chain = judge(text, cluster);
  if (memory.size >= remembered) memory.clear();
  memory.set(key, chain);
  return chain;
}

function judge(text: string, cluster: ClusterFacts | undefined): ShootChain | undefined {
  const report = inspect(readManifests("shoot", text));
  return chains(openWorkspace([report], cluster === undefined ? {} : { cluster }))[0];
}

function factsOf(shoot: ApiObject, secrets: SecretIndex): ClusterFacts | undefined {
  const { namespace = "" } = shoot.metadata;
  const names = secretsOf(shoot);
  if (names.some((it) => secrets.seen(namespace, it).state === "forbidden")) return undefined;
  return { namespaces: [namespace], secrets: names.flatMap((it) => secrets.live(namespace, it) ?? []) };
}

function specOf({ spec }: ApiObject): { readonly [name: string]: unknown } {
  return typeof spec === "object" && spec !== null ? { ...spec } : {};
}

/** The Secrets that a Shoot's entries name, as objects of its namespace. */
export function secretRefs(shoot: ApiObject): readonly { readonly namespace: string; readonly name: string }[] {
  const { namespace = "" } = shoot.metadata;
  return secretsOf(shoot).map((name) => ({ namespace, name }));
}

/** Reads Shoots by name; one that does not exist is an error, as in kubectl. */
export async function getShoots(
  client: GardenClient,
  namespaces: readonly (string | undefined)[],
  names: readonly string[],
): Promise<readonly ApiObject[]> {
  const found: ApiObject[] = [];
  for (const namespace of namespaces)
    for (const name of names) {
      const ref = { resource: resources.shoots, ...(namespace && { namespace }), name };
      found.push(await client.get(ref, { keep: statusFields }));
    }
  return found;
}

async function* shootPages(
  client: GardenClient,
  namespaces: readonly (string | undefined)[],
  { labelSelector, fieldSelector }: StatusRequest,
): AsyncGenerator<readonly ApiObject[]> {
  const selectors = { ...(labelSelector && { labelSelector }), ...(fieldSelector && { fieldSelector }) };
  for (const namespace of namespaces) {
    const query = { resource: resources.shoots, ...(namespace && { namespace }), ...selectors, keep: statusFields };
    for await (const { items } of client.pages(query)) yield items;
  }
}
