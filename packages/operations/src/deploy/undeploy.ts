import type { ConnectionFlags, GardenClient } from "@registry-cache/garden";
import { clusterDefaults, type DeployStep, nodeNamespace, type ObjectName } from "@registry-cache/runtime";
import { type ClusterResult, withCluster } from "../live-cluster.ts";
import { find, isOurs, listOurs, refOf } from "./cluster-profile.ts";
import type { DeployListener, DeployOutcome, StayingNamespace } from "./deploy.ts";

/** What to take away, and from where. */
export interface UndeployRequest {
  readonly flags: ConnectionFlags;
  readonly namespace: string | undefined;
  readonly dryRun: boolean;
}

const claims = { group: "", version: "v1", plural: "persistentvolumeclaims" };
const others = [
  { group: "", version: "v1", plural: "pods" },
  { group: "", version: "v1", plural: "services" },
  { group: "", version: "v1", plural: "secrets" },
  { group: "", version: "v1", plural: "configmaps" },
  { group: "apps", version: "v1", plural: "deployments" },
  { group: "apps", version: "v1", plural: "statefulsets" },
  claims,
] as const;

/** Takes the cluster profile away: what is ours, the volumes of the caches, and the namespaces where nothing else is in them. */
export async function undeployCaches(
  request: UndeployRequest,
  listener: DeployListener,
): Promise<ClusterResult<DeployOutcome>> {
  return withCluster({ flags: request.flags }, (client) => undeploy(client, request, listener));
}

async function undeploy(
  client: GardenClient,
  { namespace = clusterDefaults.namespace, dryRun }: UndeployRequest,
  listener: DeployListener,
): Promise<DeployOutcome> {
  const ours = await listOurs(client, namespace);
  const volumes = await listVolumes(client, namespace);
  const { going, staying } = await judgeNamespaces(client, namespace, new Set([...ours, ...volumes].map(keyOf)));
  const steps = [...ours, ...volumes, ...going].map((it): DeployStep => ({ do: "delete", ...it }));
  if (dryRun || steps.length === 0 || !(await listener.confirm(steps, client)))
    return { steps, applied: false, late: [], staying };
  for (const step of steps) {
    const ref = step.kind === claimKind ? { resource: claims, namespace, name: step.name } : refOf(step);
    await client.delete(ref);
    listener.done(step);
  }
  return { steps, applied: true, late: [], staying };
}

const claimKind = "PersistentVolumeClaim";

/** The volumes of caches, which their StatefulSets leave behind. */
async function listVolumes(client: GardenClient, namespace: string): Promise<readonly ObjectName[]> {
  const { items } = await client.list({ resource: claims, namespace, labelSelector: "upstream-host" });
  const names = items.map((it) => it.metadata.name).filter((it) => it.startsWith("cache-volume-registry-"));
  return names.map((name) => ({ kind: claimKind, namespace, name }));
}

/** The namespaces that we made: those in which nobody else has anything, and the others. */
async function judgeNamespaces(
  client: GardenClient,
  namespace: string,
  gone: ReadonlySet<string>,
): Promise<{ readonly going: readonly ObjectName[]; readonly staying: readonly StayingNamespace[] }> {
  const going: ObjectName[] = [];
  const staying: StayingNamespace[] = [];
  for (const name of [namespace, nodeNamespace(namespace)]) {
    const object = { kind: "Namespace", namespace: undefined, name };
    const current = await find(client, object);
    if (current === undefined || !isOurs(current) || current.metadata.deletionTimestamp !== undefined) continue;
    const holds = await foreignIn(client, name, gone);
    if (holds.length === 0) going.push(object);
    else staying.push({ name, holds });
  }
  return { going, staying };
}

/** What others have in a namespace. */
async function foreignIn(
  client: GardenClient,
  namespace: string,
  gone: ReadonlySet<string>,
): Promise<readonly string[]> {
  const foreign: string[] = [];
  for (const resource of others) {
    const { items } = await client.list({ resource, namespace, metadataOnly: true });
    for (const { name, labels } of items.map((it) => it.metadata)) {
      // The cluster puts its own authority into every namespace, and pods go with their workloads.
      const isUsual = name === "kube-root-ca.crt" || labels?.["app.kubernetes.io/name"]?.startsWith("registry-cache");
      if (!isUsual && !gone.has(`${resource.plural}/${namespace}/${name}`)) foreign.push(`${resource.plural}/${name}`);
    }
  }
  return foreign;
}

function keyOf(object: ObjectName): string {
  const plural = object.kind === claimKind ? claims.plural : refOf(object).resource.plural;
  return `${plural}/${object.namespace}/${object.name}`;
}
