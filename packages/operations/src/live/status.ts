import { type CacheStatus, secretsOf } from "@registry-cache/core";
import { type ApiObject, type GardenClient, resources } from "@registry-cache/garden";
import { resolveScope, type ScopeRequest } from "./scope.ts";
import { getSecrets, listSecrets, type SecretIndex } from "./secret-index.ts";
import { statusFields } from "./shoot-fields.ts";
import { type ChainMemory, statusOf } from "./status-of.ts";
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
