import type { LiveSecret, SeenSecret } from "@registry-cache/core";
import { type ApiObject, type GardenClient, resources } from "@registry-cache/garden";
import { secretFields } from "./shoot-fields.ts";
import { placeWords, type Unseen, unlessForbidden, unlessMissing } from "./unseen.ts";

/** The Secrets of some namespaces by their metadata. No value is ever asked for. */
export interface SecretIndex {
  seen(namespace: string, name: string): SeenSecret;
  /** The Secret as a fact for rules; undefined where it does not exist or may not be seen. */
  live(namespace: string, name: string): LiveSecret | undefined;
  /** What was not allowed. */
  readonly unseen: readonly Unseen[];
}

/** Whether a Secret is there, and since when. */
export interface SecretTimes {
  readonly created: string;
  readonly deleted: string | undefined;
}

/** What of a Secret's metadata counts here. */
export interface SecretMetadata extends SecretTimes {
  /** Changes with the Secret. */
  readonly version: string;
}

/** Lists the metadata of all Secrets of some namespaces. */
export async function listSecrets(
  client: GardenClient,
  namespaces: readonly (string | undefined)[],
): Promise<SecretIndex> {
  const known: TimesByKey = new Map();
  const forbidden = new Set<string | undefined>();
  const unseen: Unseen[] = [];
  for (const namespace of namespaces) {
    const listed = await unlessForbidden(readAll(client, namespace, known));
    if (listed !== "forbidden") continue;
    forbidden.add(namespace);
    unseen.push({ what: `Secrets ${placeWords(namespace)}`, why: "forbidden" });
  }
  const find = { get: (key: string) => unpack(known.get(key)) };
  return indexSecrets(find, (namespace) => forbidden.has(namespace) || forbidden.has(undefined), unseen);
}

/** Each Secret's times in one text: a garden has ten Secrets and more for each Shoot, and most are nobody's reference. */
type TimesByKey = Map<string, string>;

function pack({ metadata }: ApiObject): readonly [string, string] {
  const { namespace = "", name, creationTimestamp = "", deletionTimestamp } = metadata;
  const times = deletionTimestamp === undefined ? creationTimestamp : `${creationTimestamp} ${deletionTimestamp}`;
  return [secretKey(namespace, name), times];
}

function unpack(times: string | undefined): SecretTimes | undefined {
  if (times === undefined) return undefined;
  const [created = "", deleted] = times.split(" ");
  return { created, deleted };
}

/** Reads the metadata of single Secrets. */
export async function getSecrets(
  client: GardenClient,
  wanted: readonly { readonly namespace: string; readonly name: string }[],
): Promise<SecretIndex> {
  const known = new Map<string, SecretMetadata>();
  const forbidden = new Set<string>();
  for (const { namespace, name } of wanted) {
    const ref = { resource: resources.secrets, namespace, name };
    const found = await unlessForbidden(unlessMissing(client.get(ref, { metadataOnly: true })));
    if (found === "forbidden") forbidden.add(namespace);
    else if (found !== undefined) known.set(secretKey(namespace, name), toMetadata(found));
  }
  const unseen = [...forbidden].map((it) => ({ what: `Secrets ${placeWords(it)}`, why: "forbidden" }));
  return indexSecrets(known, (namespace) => forbidden.has(namespace), unseen);
}

async function readAll(client: GardenClient, namespace: string | undefined, known: TimesByKey): Promise<void> {
  const where = namespace === undefined ? {} : { namespace };
  const query = { resource: resources.secrets, ...where, metadataOnly: true, keep: secretFields };
  for await (const { items } of client.reducedPages(query, pack))
    for (const [key, times] of items) known.set(key, times);
}

/** Reads what counts. */
export function toMetadata({ metadata }: ApiObject): SecretMetadata {
  return {
    created: metadata.creationTimestamp ?? "",
    deleted: metadata.deletionTimestamp,
    version: metadata.resourceVersion ?? "",
  };
}

/** How a Secret is called in an index. */
export function secretKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

/** Makes an index. */
export function indexSecrets(
  known: { get(key: string): SecretTimes | undefined },
  isForbidden: (namespace: string) => boolean,
  unseen: readonly Unseen[],
): SecretIndex {
  return {
    unseen,
    seen(namespace, name) {
      const found = known.get(secretKey(namespace, name));
      if (found === undefined) return { state: isForbidden(namespace) ? "forbidden" : "missing" };
      return { state: found.deleted === undefined ? "present" : "terminating", created: found.created };
    },
    live(namespace, name) {
      const found = known.get(secretKey(namespace, name));
      if (found === undefined) return undefined;
      return { namespace, name, ...(found.deleted === undefined ? {} : { deletionTimestamp: found.deleted }) };
    },
  };
}
