import { type CacheStatus, secretsOf } from "@registry-cache/core";
import { type ApiObject, type GardenClient, resources } from "@registry-cache/garden";
import { resolveScope, type ScopeRequest } from "./scope.ts";
import { getSecrets, listSecrets, type SecretIndex } from "./secret-index.ts";
import { statusFields } from "./shoot-fields.ts";
import type { Unseen } from "./unseen.ts";

/** Which Shoots to show. */
export interface StatusRequest extends ScopeRequest {
  /** Shoots by name; all of them when empty. */
  readonly shoots: readonly string[];
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What was looked at, and what could not be. */
export interface StatusOutcome {
  /** How many Shoots were looked at, those without caches too. */
  readonly shoots: number;
  readonly unseen: readonly Unseen[];
}

/** Who gets the states as they come, so that a garden of any size needs no more memory. */
export interface StatusSink<T> {
  /** Makes of the caches of a Shoot what is to be kept of them. A page may break off and come again, so it must change nothing. */
  readonly reduce: (caches: readonly CacheStatus[]) => T;
  /** Gets what was made of the Shoots of a page, when all of it is there. */
  readonly take: (parts: readonly T[]) => void;
}

/** Reads the state of every cache and mirror. Throws a `GardenError` rather than give a part of the answer as the whole. */
export async function readStatus<T>(
  client: GardenClient,
  request: StatusRequest,
  { reduce, take }: StatusSink<T>,
): Promise<StatusOutcome> {
  const { namespaces, unseen } = await resolveScope(client, request);
  const judgeBy = async (secrets: SecretIndex): Promise<(shoot: ApiObject) => T> => {
    // The rules take a while to load; the garden works on its lists meanwhile.
    const { statusOf } = await import("./status-of.ts");
    const sources = { secrets, now: request.now, memory: new Map() };
    return (shoot) => reduce(statusOf(shoot, sources));
  };
  if (request.shoots.length > 0) {
    const found = await getShoots(client, namespaces, request.shoots);
    const secrets = await getSecrets(client, found.flatMap(secretRefs));
    take(found.map(await judgeBy(secrets)));
    return { shoots: found.length, unseen: [...unseen, ...secrets.unseen] };
  }
  const listing = listSecrets(client, namespaces);
  const shoots = await eachPage(client, namespaces, request, { judge: listing.then(judgeBy), take });
  return { shoots, unseen: [...unseen, ...(await listing).unseen] };
}

/** A Shoot that came before the Secrets were known, or what was made of one. */
type Come<T> = { readonly early: ApiObject } | { readonly part: T };

/** Judges each Shoot as it comes, as soon as the Secrets are known, and hands out page by page. Gives how many there were. */
async function eachPage<T>(
  client: GardenClient,
  namespaces: readonly (string | undefined)[],
  { labelSelector, fieldSelector }: StatusRequest,
  { judge: coming, take }: { readonly judge: Promise<(shoot: ApiObject) => T> } & Pick<StatusSink<T>, "take">,
): Promise<number> {
  let known: ((shoot: ApiObject) => T) | undefined;
  // It is waited for when the first page is there; a failure must not go unheard before.
  coming.then(
    (judge) => {
      known = judge;
    },
    () => undefined,
  );
  const reduce = (shoot: ApiObject): Come<T> => (known === undefined ? { early: shoot } : { part: known(shoot) });
  const selectors = { ...(labelSelector && { labelSelector }), ...(fieldSelector && { fieldSelector }) };
  let shoots = 0;
  for (const namespace of namespaces) {
    const query = { resource: resources.shoots, ...(namespace && { namespace }), ...selectors, keep: statusFields };
    for await (const { items } of client.reducedPages(query, reduce)) {
      const judge = await coming;
      take(items.map((it) => ("early" in it ? judge(it.early) : it.part)));
      shoots += items.length;
    }
  }
  return shoots;
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
