import { type ApiObject, listAt, textAt, valueAt } from "@registry-cache/garden";
import type { SeenClaim, SeenPod, SeenService, SeenStatefulSet } from "@registry-cache/runtime";
import { type Looker, lastEventOf, listOfCaches, look, runtimeResources } from "./cluster-objects.ts";

/** The label that all objects of a cache share. */
export function appOf({ metadata }: ApiObject): string {
  return metadata.labels?.["app"] ?? "";
}

/** Reads a Service. */
export function toService(object: ApiObject): SeenService {
  const { name, annotations } = object.metadata;
  return { name, app: appOf(object), upstream: annotations?.["upstream"] };
}

/** Reads a StatefulSet: which image and which configuration it has. */
export function toStatefulSet(object: ApiObject): SeenStatefulSet {
  const [container] = listAt(object, "spec", "template", "spec", "containers");
  const volumes = listAt(object, "spec", "template", "spec", "volumes");
  const config = volumes.find((it) => textAt(it, "name") === "config-volume");
  return {
    name: object.metadata.name,
    image: textAt(container, "image") ?? "",
    configName: textAt(config, "secret", "secretName") ?? textAt(config, "configMap", "name"),
    roll: readRoll(object),
  };
}

/** Undefined where its controller has not said anything yet. */
function readRoll(set: ApiObject): SeenStatefulSet["roll"] {
  const number = (...path: readonly string[]): number => Number(valueAt(set, ...path) ?? 0);
  if (valueAt(set, "status", "observedGeneration") === undefined) return undefined;
  const replicas = Number(valueAt(set, "spec", "replicas") ?? 1);
  const [ready, updated] = [number("status", "readyReplicas"), number("status", "updatedReplicas")];
  const observed = number("status", "observedGeneration") >= (set.metadata.generation ?? 0);
  const [current, update] = ["currentRevision", "updateRevision"].map((it) => textAt(set, "status", it));
  const settled = observed && current === update && ready === replicas && updated === replicas;
  return { replicas, ready, revision: observed ? update : undefined, settled };
}

/** Reads a pod, without its logs. */
export function toPod(object: ApiObject): SeenPod & { readonly started: boolean } {
  const container = listAt(object, "status", "containerStatuses").find((it) => textAt(it, "name") === "registry-cache");
  const restarts = Number(valueAt(container, "restartCount") ?? 0);
  const scheduled = listAt(object, "status", "conditions").find((it) => textAt(it, "type") === "PodScheduled");
  const started = container !== undefined && textAt(container, "state", "waiting", "reason") !== "ContainerCreating";
  return {
    name: object.metadata.name,
    app: appOf(object),
    revision: object.metadata.labels?.["controller-revision-hash"],
    started,
    ready: valueAt(container, "ready") === true,
    restarts,
    waiting: textAt(container, "state", "waiting", "reason"),
    ended: readEnd(valueAt(container, "lastState", "terminated") ?? valueAt(container, "state", "terminated")),
    unschedulable: textAt(scheduled, "status") === "False" ? textAt(scheduled, "message") : undefined,
  };
}

/** Reads a pod with its logs: how a run began, and its end. */
export async function seePod(looker: Looker, object: ApiObject): Promise<SeenPod> {
  const { started, ...pod } = toPod(object);
  return {
    ...pod,
    previousLog: pod.restarts > 0 ? await readLog(looker, pod.name, "previous=true&tailLines=100") : undefined,
    log: started ? await readWholeLog(looker, pod.name) : undefined,
  };
}

function readEnd(terminated: unknown): SeenPod["ended"] {
  const exitCode = valueAt(terminated, "exitCode");
  return typeof exitCode === "number" ? { exitCode, reason: textAt(terminated, "reason") ?? "" } : undefined;
}

/** What it says at its start and what it said last; in between a registry tells of requests. */
async function readWholeLog(looker: Looker, pod: string): Promise<string | undefined> {
  const parts = [await readLog(looker, pod, "limitBytes=65536"), await readLog(looker, pod, "tailLines=200")];
  return parts.every((it) => it === undefined) ? undefined : parts.join("\n");
}

async function readLog(looker: Looker, pod: string, query: string): Promise<string | undefined> {
  const { client, namespace } = looker;
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log?container=registry-cache&${query}`;
  return (await look(looker, `log of ${pod}`, () => client.text(path)))?.text;
}

/** Reads a claim, and why it waits. */
export async function seeClaim(looker: Looker, object: ApiObject): Promise<SeenClaim> {
  const { name } = object.metadata;
  const phase = textAt(object, "status", "phase") ?? "Pending";
  return {
    name,
    app: appOf(object),
    phase,
    reason: phase === "Bound" ? undefined : await lastEventOf(looker, looker.namespace, name),
  };
}

/** The objects of all caches, by their kind. */
export type RuntimeObjects = {
  readonly [kind in "services" | "statefulSets" | "pods" | "claims"]: readonly ApiObject[];
};

/** Lists the objects of all caches. */
export async function gatherObjects(looker: Looker): Promise<RuntimeObjects> {
  const [services = [], statefulSets = [], pods = [], claims = []] = await Promise.all(
    (["services", "statefulSets", "pods", "claims"] as const).map((it) => listOfCaches(looker, runtimeResources[it])),
  );
  return { services, statefulSets, pods, claims };
}
