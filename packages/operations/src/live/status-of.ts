import {
  type CacheStatus,
  type ChainFinding,
  type ClusterFacts,
  cacheStatuses,
  chains,
  inspect,
  openWorkspace,
  readManifests,
  type ShootChain,
  secretsOf,
} from "@registry-cache/core";
import type { ApiObject } from "@registry-cache/garden";
import type { SecretIndex } from "./secret-index.ts";
import { asManifest } from "./shoot-fields.ts";

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

/** Stands for the namespace of any Shoot in what is judged once for all of them. Rules compare namespaces, and name them in messages. */
const anyNamespace = "garden-of-this-shoot";

/** The states of the caches of one Shoot. */
export function statusOf(shoot: ApiObject, { secrets, now, memory }: StatusSources): readonly CacheStatus[] {
  const namespace = shoot.metadata.namespace ?? "";
  const chain = recall(memory, shoot, factsOf(shoot, secrets));
  if (chain === undefined) return [];
  const caches = cacheStatuses(shoot, chain, { now, secretOf: (name) => secrets.seen(namespace, name) });
  return caches.map((it) => ({ ...it, findings: it.findings.map((found) => inNamespace(found, namespace)) }));
}

function inNamespace(finding: ChainFinding, namespace: string): ChainFinding {
  if (!finding.message.includes(anyNamespace)) return finding;
  return { ...finding, message: finding.message.replaceAll(anyNamespace, namespace) };
}

/** The chain as it was judged before, where all is the same but name and namespace of the Shoot. */
function recall(
  memory: ChainMemory | undefined,
  shoot: ApiObject,
  cluster: ClusterFacts | undefined,
): ShootChain | undefined {
  // What has no bearing on the chain only makes the text longer.
  const { extensions, resources: entries } = specOf(shoot);
  const metadata = { name: "shoot", namespace: anyNamespace };
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
  const live = names.flatMap((it) => secrets.live(namespace, it) ?? []);
  return { namespaces: [anyNamespace], secrets: live.map((it) => ({ ...it, namespace: anyNamespace })) };
}

function specOf({ spec }: ApiObject): { readonly [name: string]: unknown } {
  return typeof spec === "object" && spec !== null ? { ...spec } : {};
}
