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

/** What of a Secret's metadata counts here. */
export interface SecretMetadata {
  readonly created: string;
  readonly deleted: string | undefined;
  /** Changes with the Secret. */
  readonly version: string;
}

/** Lists the metadata of all Secrets of some namespaces. */
export async function listSecrets(
  client: GardenClient,
  namespaces: readonly (string | undefined)[],
): Promise<SecretIndex> {
  const known = new Map<string, SecretMetadata>();
  const forbidden = new Set<string | undefined>();
  const unseen: Unseen[] = [];
  for (const namespace of namespaces) {
    const listed = await unlessForbidden(readAll(client, namespace, known));
    if (listed !== "forbidden") continue;
    forbidden.add(namespace);
    unseen.push({ what: `Secrets ${placeWords(namespace)}`, why: "forbidden" });
  }
  return indexSecrets(known, (namespace) => forbidden.has(namespace) || forbidden.has(undefined), unseen);
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

async function readAll(
  client: GardenClient,
  namespace: string | undefined,
  known: Map<string, SecretMetadata>,
): Promise<void> {
  const where = namespace === undefined ? {} : { namespace };
  const query = { resource: resources.secrets, ...where, metadataOnly: true, keep: secretFields };
  for await (const { items } of client.pages(query))
    for (const it of items) known.set(secretKey(it.metadata.namespace ?? "", it.metadata.name), toMetadata(it));
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
  known: ReadonlyMap<string, SecretMetadata>,
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
