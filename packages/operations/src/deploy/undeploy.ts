import type { Result } from "@registry-cache/core";
import type { ConnectionFlags, GardenClient } from "@registry-cache/garden";
import { clusterDefaults, type DeployStep, nodeNamespace, type ObjectName } from "@registry-cache/runtime";
import { withCluster } from "../live-cluster.ts";
import { find, isOurs, listOurs, refOf } from "./cluster-profile.ts";
import type { DeployListener, DeployOutcome } from "./deploy.ts";

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
): Promise<Result<DeployOutcome, string>> {
  return withCluster({ flags: request.flags }, (client) => undeploy(client, request, listener));
}

async function undeploy(
  client: GardenClient,
  { namespace = clusterDefaults.namespace, dryRun }: UndeployRequest,
  listener: DeployListener,
): Promise<DeployOutcome> {
  const ours = await listOurs(client, namespace);
  const volumes = await listVolumes(client, namespace);
  const namespaces = await emptyNamespaces(client, namespace, new Set([...ours, ...volumes].map(keyOf)));
  const steps = [...ours, ...volumes, ...namespaces].map((it): DeployStep => ({ do: "delete", ...it }));
  if (dryRun || steps.length === 0 || !(await listener.confirm(steps))) return { steps, applied: false, late: [] };
  for (const step of steps) {
    const ref = step.kind === claimKind ? { resource: claims, namespace, name: step.name } : refOf(step);
    await client.delete(ref);
    listener.done(step);
  }
  return { steps, applied: true, late: [] };
}

const claimKind = "PersistentVolumeClaim";

/** The volumes of caches, which their StatefulSets leave behind. */
async function listVolumes(client: GardenClient, namespace: string): Promise<readonly ObjectName[]> {
  const { items } = await client.list({ resource: claims, namespace, labelSelector: "upstream-host" });
  const names = items.map((it) => it.metadata.name).filter((it) => it.startsWith("cache-volume-registry-"));
  return names.map((name) => ({ kind: claimKind, namespace, name }));
}

/** The namespaces that we made and in which nobody else has anything. */
async function emptyNamespaces(
  client: GardenClient,
  namespace: string,
  going: ReadonlySet<string>,
): Promise<readonly ObjectName[]> {
  const found: ObjectName[] = [];
  for (const name of [namespace, nodeNamespace(namespace)]) {
    const object = { kind: "Namespace", namespace: undefined, name };
    const current = await find(client, object);
    if (current === undefined || !isOurs(current)) continue;
    if (await isEmpty(client, name, going)) found.push(object);
  }
  return found;
}

async function isEmpty(client: GardenClient, namespace: string, going: ReadonlySet<string>): Promise<boolean> {
  for (const resource of others) {
    const { items } = await client.list({ resource, namespace, metadataOnly: true });
    const foreign = items.filter(({ metadata: { name, labels } }) => {
      // The cluster puts its own authority into every namespace, and pods go with their workloads.
      const isUsual = name === "kube-root-ca.crt" || labels?.["app.kubernetes.io/name"]?.startsWith("registry-cache");
      return !isUsual && !going.has(`${resource.plural}/${namespace}/${name}`);
    });
    if (foreign.length > 0) return false;
  }
  return true;
}

function keyOf(object: ObjectName): string {
  const plural = object.kind === claimKind ? claims.plural : refOf(object).resource.plural;
  return `${plural}/${object.namespace}/${object.name}`;
}
