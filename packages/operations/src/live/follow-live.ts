import { type ApiObject, type Change, type GardenClient, isGardenError, resources } from "@registry-cache/garden";
import { merge } from "./merge.ts";
import { indexSecrets, type SecretIndex, type SecretMetadata, secretKey, toMetadata } from "./secret-index.ts";
import { secretFields, statusFields } from "./shoot-fields.ts";
import type { StatusRequest } from "./status.ts";
import { placeWords, type Unseen } from "./unseen.ts";

/** Ends a watch. It is the platform's, which this package knows only by the client. */
export type Signal = Parameters<GardenClient["follow"]>[1];

/** All that is known of Shoots and Secrets at a moment. It changes under whoever keeps it. */
export interface LiveView {
  /** By `namespace/name`. */
  readonly shoots: ReadonlyMap<string, ApiObject>;
  /** Whether it follows what is in a namespace. */
  covers(namespace: string): boolean;
  /** Their metadata; no value is ever asked for. */
  readonly secrets: ReadonlyMap<string, SecretMetadata>;
  /** The namespaces of which we may not see Secrets or Shoots. */
  readonly forbidden: {
    readonly secrets: ReadonlySet<string | undefined>;
    readonly shoots: ReadonlySet<string | undefined>;
  };
}

/** A view that has changed. The first is told when everything was seen once: before, what exists may seem to be missing. */
export interface ViewChange {
  readonly view: LiveView;
  /** Shoots that are gone, as `namespace/name`. */
  readonly gone: readonly string[];
  readonly unseen: readonly Unseen[];
}

/** What to follow. */
export interface FollowRequest extends Pick<StatusRequest, "shoots" | "labelSelector" | "fieldSelector"> {
  /** One that is undefined stands for the whole garden at once. */
  readonly namespaces: readonly (string | undefined)[];
  /** Shoots that we may not see are told as unseen; otherwise they are an error. */
  readonly tolerant?: boolean;
}

/** Follows the Shoots and the metadata of the Secrets of some namespaces, over lost connections, until the signal ends it. */
export async function* followLive(
  client: GardenClient,
  request: FollowRequest,
  signal: Signal,
): AsyncGenerator<ViewChange> {
  const { namespaces, tolerant = false } = request;
  const sources = namespaces.flatMap((it) => [
    unlessForbidden(followShoots(client, request, it, signal), { of: "shoots", namespace: it }, tolerant),
    unlessForbidden(followSecrets(client, it, signal), { of: "secrets", namespace: it }, true),
  ]);
  const view: GrowingView = {
    shoots: new Map(),
    secrets: new Map(),
    forbidden: { secrets: new Set(), shoots: new Set() },
    covers: (it) => namespaces.includes(it) || namespaces.includes(undefined),
  };
  let first = sources.length;
  const unseen: Unseen[] = [];
  const gone: string[] = [];
  for await (const event of merge(sources)) {
    const begins = event.change === "forbidden" || event.change.type === "snapshot";
    if (event.change === "forbidden") unseen.push(unseenOf(event));
    gone.push(...apply(view, event));
    if (begins && first > 0) first -= 1;
    if (first === 0) yield { view, gone: gone.splice(0), unseen: unseen.splice(0) };
  }
}

/** What a view knows of Secrets. */
export function secretsIn({ secrets, forbidden }: LiveView): SecretIndex {
  return indexSecrets(secrets, (it) => forbidden.secrets.has(it) || forbidden.secrets.has(undefined), []);
}

interface Source {
  readonly of: "shoots" | "secrets";
  readonly namespace: string | undefined;
}

interface Event extends Source {
  readonly change: Change | "forbidden";
}

interface GrowingView extends Pick<LiveView, "covers"> {
  readonly shoots: Map<string, ApiObject>;
  readonly secrets: Map<string, SecretMetadata>;
  readonly forbidden: { readonly [of in Source["of"]]: Set<string | undefined> };
}

function unseenOf({ of, namespace }: Source): Unseen {
  return { what: `${of === "shoots" ? "Shoots" : "Secrets"} ${placeWords(namespace)}`, why: "forbidden" };
}

async function* followShoots(
  client: GardenClient,
  { shoots: names, labelSelector, fieldSelector }: FollowRequest,
  namespace: string | undefined,
  signal: Signal,
): AsyncGenerator<Change> {
  const selectors = { ...(labelSelector && { labelSelector }), ...(fieldSelector && { fieldSelector }) };
  const query = { resource: resources.shoots, ...(namespace && { namespace }), ...selectors, keep: statusFields };
  const wanted = (it: ApiObject): boolean => names.length === 0 || names.includes(it.metadata.name);
  for await (const change of client.follow(query, signal)) {
    if (change.type === "snapshot") yield { ...change, objects: change.objects.filter(wanted) };
    else if (wanted(change.object)) yield change;
  }
}

function followSecrets(client: GardenClient, namespace: string | undefined, signal: Signal): AsyncGenerator<Change> {
  const where = namespace === undefined ? {} : { namespace };
  return client.follow({ resource: resources.secrets, ...where, metadataOnly: true, keep: secretFields }, signal);
}

async function* unlessForbidden(
  changes: AsyncGenerator<Change>,
  source: Source,
  tolerant: boolean,
): AsyncGenerator<Event> {
  try {
    for await (const change of changes) yield { ...source, change };
  } catch (error) {
    if (!tolerant || !isGardenError(error) || error.kind !== "forbidden") throw error;
    yield { ...source, change: "forbidden" };
  }
}

/** Takes an event into the view. Gives the Shoots that are gone. */
function apply(view: GrowingView, { of, namespace, change }: Event): readonly string[] {
  if (change === "forbidden") {
    view.forbidden[of].add(namespace);
    return [];
  }
  if (of === "shoots") return replace(view.shoots, namespace, change, (it) => it);
  replace(view.secrets, namespace, change, toMetadata);
  return [];
}

/** Takes a change into the objects of a namespace. Gives the keys of those that are gone. */
function replace<T>(
  objects: Map<string, T>,
  namespace: string | undefined,
  change: Change,
  read: (object: ApiObject) => T,
): readonly string[] {
  if (change.type === "put") {
    objects.set(keyOf(change.object), read(change.object));
    return [];
  }
  const before =
    change.type === "gone" ? [keyOf(change.object)] : [...objects.keys()].filter((it) => isWithin(it, namespace));
  for (const key of before) objects.delete(key);
  if (change.type === "snapshot") for (const it of change.objects) objects.set(keyOf(it), read(it));
  return before.filter((it) => !objects.has(it));
}

function isWithin(key: string, namespace: string | undefined): boolean {
  return namespace === undefined || key.startsWith(`${namespace}/`);
}

function keyOf({ metadata }: ApiObject): string {
  return secretKey(metadata.namespace ?? "", metadata.name);
}
