import { type ClusterFacts, type LiveSecret, readLiveChain } from "@registry-cache/core";
import { type ApiObject, type GardenClient, type Keep, resources } from "@registry-cache/garden";
import type { Signal } from "./follow-live.ts";
import { placeWords, type Unseen, unlessForbidden, unlessMissing } from "./unseen.ts";

/** An object by its name. */
export interface ObjectName {
  readonly namespace: string;
  readonly name: string;
}

/** What a check of manifests wants to know of the garden. */
export interface Wanted {
  readonly secrets: readonly ObjectName[];
  readonly shoots: readonly ObjectName[];
}

/** What a garden says to that. Values of Secrets are in the facts, for the rules alone. */
export interface GardenFacts {
  readonly cluster: ClusterFacts;
  readonly shoots: readonly ApiObject[];
  readonly unseen: readonly Unseen[];
}

/** What of a Shoot a manifest would say. */
export const manifestFields: Keep = {
  metadata: { name: true, namespace: true, labels: true, deletionTimestamp: true },
  spec: true,
};

/** Reads what is known of the wanted objects: the values of the Secrets that are referred to, of others the names alone. */
export async function readGardenFacts(client: GardenClient, wanted: Wanted): Promise<GardenFacts> {
  const unseen: Unseen[] = [];
  const namespaces: string[] = [];
  const secrets: LiveSecret[] = [];
  for (const namespace of new Set(wanted.secrets.map((it) => it.namespace))) {
    const names = new Set(wanted.secrets.filter((it) => it.namespace === namespace).map((it) => it.name));
    const found = await readSecrets(client, namespace, names);
    if (found === "forbidden") unseen.push({ what: `Secrets ${placeWords(namespace)}`, why: "forbidden" });
    else {
      namespaces.push(namespace);
      secrets.push(...found);
    }
  }
  const shoots = await readShoots(client, wanted.shoots);
  return {
    cluster: { namespaces, secrets, uses: shoots.found.flatMap((it) => readLiveChain(it).uses) },
    shoots: shoots.found,
    unseen: [...unseen, ...shoots.unseen],
  };
}

/** All names of a namespace, since one that is missing may be misspelt; forbidden where any wanted one may not be read. */
async function readSecrets(
  client: GardenClient,
  namespace: string,
  wanted: ReadonlySet<string>,
): Promise<readonly LiveSecret[] | "forbidden"> {
  const keep: Keep = { metadata: { name: true } };
  const query = { resource: resources.secrets, namespace, metadataOnly: true, keep };
  const listed = await unlessForbidden(client.list(query));
  if (listed === "forbidden") return "forbidden";
  const secrets: LiveSecret[] = [];
  for (const { metadata } of listed.items) {
    const { name } = metadata;
    const secret = wanted.has(name) ? await readSecret(client, { namespace, name }) : { namespace, name };
    if (secret === "forbidden") return "forbidden";
    if (secret !== undefined) secrets.push(secret);
  }
  return secrets;
}

/** Reads a Secret with its values; undefined where it does not exist. */
export async function readSecret(
  client: GardenClient,
  { namespace, name }: ObjectName,
  signal?: Signal,
): Promise<LiveSecret | "forbidden" | undefined> {
  const ref = { resource: resources.secrets, namespace, name };
  const found = await unlessForbidden(unlessMissing(client.get(ref, withSignal(signal))));
  return found === undefined || found === "forbidden" ? found : toLiveSecret(found, namespace);
}

function toLiveSecret({ metadata, immutable, type, data }: ApiObject, namespace: string): LiveSecret {
  const { name, deletionTimestamp } = metadata;
  return {
    namespace,
    name,
    ...(typeof immutable === "boolean" && { immutable }),
    ...(typeof type === "string" && { type }),
    ...(deletionTimestamp !== undefined && { deletionTimestamp }),
    data: textsOf(data),
  };
}

function textsOf(data: unknown): { readonly [key: string]: string } {
  if (typeof data !== "object" || data === null) return {};
  return Object.fromEntries(Object.entries(data).filter((it): it is [string, string] => typeof it[1] === "string"));
}

/** From so many on a list of the namespace is cheaper than one request for each. */
const manyShoots = 10;

/** Reads Shoots as manifests would say them; those that do not exist are left out. */
export async function readShoots(
  client: GardenClient,
  wanted: readonly ObjectName[],
  signal?: Signal,
): Promise<{ readonly found: readonly ApiObject[]; readonly unseen: readonly Unseen[] }> {
  const found: ApiObject[] = [];
  const unseen: Unseen[] = [];
  for (const namespace of new Set(wanted.map((it) => it.namespace))) {
    const names = new Set(wanted.filter((it) => it.namespace === namespace).map((it) => it.name));
    const reading =
      names.size > manyShoots
        ? listShoots(client, { namespace, names, signal })
        : getShoots(client, { namespace, names, signal });
    const shoots = await unlessForbidden(reading);
    if (shoots === "forbidden") unseen.push({ what: `Shoots ${placeWords(namespace)}`, why: "forbidden" });
    else found.push(...shoots);
  }
  return { found, unseen };
}

interface ShootsWanted {
  readonly namespace: string;
  readonly names: ReadonlySet<string>;
  readonly signal: Signal | undefined;
}

async function listShoots(
  client: GardenClient,
  { namespace, names, signal }: ShootsWanted,
): Promise<readonly ApiObject[]> {
  const found: ApiObject[] = [];
  const query = { resource: resources.shoots, namespace, keep: manifestFields };
  for await (const { items } of client.pages(query, withSignal(signal)))
    found.push(...items.filter((it) => names.has(it.metadata.name)));
  return found;
}

async function getShoots(
  client: GardenClient,
  { namespace, names, signal }: ShootsWanted,
): Promise<readonly ApiObject[]> {
  const found: ApiObject[] = [];
  for (const name of names) {
    const ref = { resource: resources.shoots, namespace, name };
    const shoot = await unlessMissing(client.get(ref, { keep: manifestFields, ...withSignal(signal) }));
    if (shoot !== undefined) found.push(shoot);
  }
  return found;
}

function withSignal(signal: Signal | undefined): { readonly signal?: Signal } {
  return signal === undefined ? {} : { signal };
}
