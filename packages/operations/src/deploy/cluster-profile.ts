import type { ApiObject, GardenClient, ObjectRef, Resource } from "@registry-cache/garden";
import { clusterDefaults, type KubernetesObject, nodeNamespace, type ObjectName } from "@registry-cache/runtime";
import { loadGarden } from "../live-cluster.ts";

/** The kinds that the cluster profile has, in the order in which they go: what works first, its settings last. */
const kinds: readonly (readonly [kind: string, resource: Resource])[] = [
  ["DaemonSet", { group: "apps", version: "v1", plural: "daemonsets" }],
  ["ServiceMonitor", { group: "monitoring.coreos.com", version: "v1", plural: "servicemonitors" }],
  ["PodDisruptionBudget", { group: "policy", version: "v1", plural: "poddisruptionbudgets" }],
  ["StatefulSet", { group: "apps", version: "v1", plural: "statefulsets" }],
  ["Service", { group: "", version: "v1", plural: "services" }],
  ["NetworkPolicy", { group: "networking.k8s.io", version: "v1", plural: "networkpolicies" }],
  ["Secret", { group: "", version: "v1", plural: "secrets" }],
  ["ConfigMap", { group: "", version: "v1", plural: "configmaps" }],
  ["Namespace", { group: "", version: "v1", plural: "namespaces" }],
];

/** Where the objects of a kind are. */
export function resourceOf(kind: string): Resource {
  const found = kinds.find(([it]) => it === kind);
  if (found === undefined) throw new Error(`unreachable: the cluster profile has no ${kind}`);
  return found[1];
}

/** The address of an object. */
export function refOf({ kind, namespace, name }: ObjectName): ObjectRef {
  return { resource: resourceOf(kind), name, ...(namespace !== undefined && { namespace }) };
}

/** What tells an object from all others. */
export function nameOf({ kind, metadata: { namespace, name } }: KubernetesObject): ObjectName {
  return { kind, namespace, name };
}

const [[label, value] = ["", ""]] = Object.entries(clusterDefaults.labels);

/** Whether we have deployed an object. */
export function isOurs({ metadata }: ApiObject): boolean {
  return metadata.labels?.[label] === value;
}

/** Everything that we have deployed for caches in a namespace, in the order in which it may go; the namespaces are not among it. */
export async function listOurs(client: GardenClient, namespace: string): Promise<readonly ObjectName[]> {
  const found: ObjectName[] = [];
  for (const [kind, resource] of kinds.filter(([it]) => it !== "Namespace")) {
    for (const where of [namespace, nodeNamespace(namespace)])
      found.push(...(await listKind(client, resource, where)).map((name) => ({ kind, namespace: where, name })));
  }
  return found;
}

async function listKind(client: GardenClient, resource: Resource, namespace: string): Promise<readonly string[]> {
  const { isGardenError } = await loadGarden();
  try {
    const query = { resource, namespace, labelSelector: `${label}=${value}`, metadataOnly: true };
    return (await client.list(query)).items.map((it) => it.metadata.name);
  } catch (error) {
    // A cluster without Prometheus' operator does not know its kinds.
    if (isGardenError(error) && error.kind === "not-found") return [];
    throw error;
  }
}

/** Gets an object; undefined where it or its namespace is not there. */
export async function find(client: GardenClient, name: ObjectName): Promise<ApiObject | undefined> {
  const { isGardenError } = await loadGarden();
  try {
    return await client.get(refOf(name));
  } catch (error) {
    if (isGardenError(error) && error.kind === "not-found") return undefined;
    throw error;
  }
}
