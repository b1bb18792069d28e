import type { CacheStatus } from "@registry-cache/core";
import { type ApiObject, type Change, type GardenClient, isGardenError, resources } from "@registry-cache/garden";
import { merge } from "./merge.ts";
import { resolveScope } from "./scope.ts";
import { indexSecrets, type SecretMetadata, secretKey, toMetadata } from "./secret-index.ts";
import { secretFields, statusFields } from "./shoot-fields.ts";
import { type StatusRequest, secretRefs, statusOf } from "./status.ts";
import { placeWords, type Unseen } from "./unseen.ts";

/** What has changed since the last time; at first everything is new. */
export interface StatusChange {
  readonly caches: readonly CacheStatus[];
  /** Shoots that are gone, as `namespace/name`. */
  readonly gone: readonly string[];
  readonly unseen: readonly Unseen[];
}

/** Ends a watch. It is the platform's, which this package knows only by the client. */
type Signal = Parameters<GardenClient["follow"]>[1];

/** Tells the state of every cache and then of each that changes, over lost connections, until the signal ends it. */
export async function* watchStatus(
  client: GardenClient,
  request: StatusRequest,
  signal: Signal,
): AsyncGenerator<StatusChange> {
  const scope = await resolveScope(client, request);
  const sources = scope.namespaces.flatMap((it) => [
    followShoots(client, request, it, signal),
    followSecrets(client, it, signal),
  ]);
  const view: View = { shoots: new Map(), secrets: new Map(), forbidden: new Set(), shown: new Map() };
  let first = scope.namespaces.length * 2;
  const unseen: Unseen[] = [...scope.unseen];
  const gone: string[] = [];
  for await (const event of merge(sources)) {
    const begins = event.change === "forbidden" || event.change.type === "snapshot";
    if (event.change === "forbidden") unseen.push({ what: `Secrets ${placeWords(event.namespace)}`, why: "forbidden" });
    gone.push(...apply(view, event));
    if (begins && first > 0) first -= 1;
    // Before everything was seen once, a Secret may seem to be missing that is not.
    if (first > 0) continue;
    const caches = changed(view, Date.now());
    if (caches.length + gone.length + unseen.length > 0)
      yield { caches, gone: gone.splice(0), unseen: unseen.splice(0) };
  }
}

interface Event {
  readonly of: "shoots" | "secrets";
  readonly namespace: string | undefined;
  readonly change: Change | "forbidden";
}

/** All that is known at a moment, and what was told of it. */
interface View {
  readonly shoots: Map<string, ApiObject>;
  readonly secrets: Map<string, SecretMetadata>;
  readonly forbidden: Set<string | undefined>;
  /** What was told last of each Shoot, and each of its caches as text. */
  readonly shown: Map<string, readonly string[]>;
}

async function* followShoots(
  client: GardenClient,
  { shoots: names, labelSelector, fieldSelector }: StatusRequest,
  namespace: string | undefined,
  signal: Signal,
): AsyncGenerator<Event> {
  const selectors = { ...(labelSelector && { labelSelector }), ...(fieldSelector && { fieldSelector }) };
  const query = { resource: resources.shoots, ...(namespace && { namespace }), ...selectors, keep: statusFields };
  const wanted = (it: ApiObject): boolean => names.length === 0 || names.includes(it.metadata.name);
  for await (const change of client.follow(query, signal)) {
    if (change.type === "snapshot") {
      yield { of: "shoots", namespace, change: { ...change, objects: change.objects.filter(wanted) } };
    } else if (wanted(change.object)) yield { of: "shoots", namespace, change };
  }
}

async function* followSecrets(
  client: GardenClient,
  namespace: string | undefined,
  signal: Signal,
): AsyncGenerator<Event> {
  const query = {
    resource: resources.secrets,
    ...(namespace && { namespace }),
    metadataOnly: true,
    keep: secretFields,
  };
  try {
    for await (const change of client.follow(query, signal)) yield { of: "secrets", namespace, change };
  } catch (error) {
    if (!isGardenError(error) || error.kind !== "forbidden") throw error;
    yield { of: "secrets", namespace, change: "forbidden" };
  }
}

/** Takes an event into the view. Gives the Shoots that are gone. */
function apply(view: View, { of, namespace, change }: Event): readonly string[] {
  if (change === "forbidden") view.forbidden.add(namespace);
  else if (of === "secrets") applySecrets(view, namespace, change);
  else return applyShoots(view, namespace, change);
  return [];
}

function applySecrets({ secrets }: View, namespace: string | undefined, change: Change): void {
  if (change.type === "snapshot") {
    for (const key of secrets.keys()) if (isWithin(key, namespace)) secrets.delete(key);
    for (const it of change.objects) secrets.set(keyOf(it), toMetadata(it));
  } else if (change.type === "put") secrets.set(keyOf(change.object), toMetadata(change.object));
  else secrets.delete(keyOf(change.object));
}

function applyShoots({ shoots, shown }: View, namespace: string | undefined, change: Change): readonly string[] {
  const put = (it: ApiObject): unknown => shoots.set(keyOf(it), it);
  const before = [...shoots.keys()].filter((it) => isWithin(it, namespace));
  if (change.type === "snapshot") {
    for (const key of before) shoots.delete(key);
    change.objects.forEach(put);
  } else if (change.type === "put") put(change.object);
  else shoots.delete(keyOf(change.object));
  const gone = before.filter((it) => !shoots.has(it));
  for (const key of gone) shown.delete(key);
  return gone;
}

function isWithin(key: string, namespace: string | undefined): boolean {
  return namespace === undefined || key.startsWith(`${namespace}/`);
}

function keyOf({ metadata }: ApiObject): string {
  return secretKey(metadata.namespace ?? "", metadata.name);
}

/** The caches that are not as they were told. */
function changed({ shoots, secrets, forbidden, shown }: View, now: number): readonly CacheStatus[] {
  const index = indexSecrets(secrets, (it) => forbidden.has(it) || forbidden.has(undefined), []);
  const found: CacheStatus[] = [];
  for (const [key, shoot] of shoots) {
    const before = shown.get(key);
    const state = JSON.stringify([shoot, secretRefs(shoot).map((it) => index.seen(it.namespace, it.name))]);
    if (before?.[0] === state) continue;
    const caches = statusOf(shoot, { secrets: index, now });
    // When the next window opens is no change.
    const texts = caches.map(({ window, ...it }) => JSON.stringify(it));
    found.push(...caches.filter((_, at) => !before?.includes(texts[at] ?? "")));
    shown.set(key, [state, ...texts]);
  }
  return found;
}
