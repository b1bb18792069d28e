import type { RenderedCache } from "@registry-cache/runtime";
import {
  type AccessGrant,
  type ApiObject,
  type ApiServer,
  kubeconfigFor,
  startApiServer,
} from "@registry-cache/testkit";
import { type ClusterPods, clusterResources } from "./cluster-resources.ts";
import type { PodRunner, RunningPod } from "./pods.ts";
import { containerStatus, contentOf, currentRevision, revisionOf, setStatus } from "./stateful-set.ts";

/** The API of a Shoot with the caches that the extension deployed, and the controller that rolls their pods. */
export interface ShootCluster {
  readonly server: ApiServer;
  /** The kubeconfig that the garden lends. */
  kubeconfig(kind: "admin" | "viewer"): string;
  /** Takes what the extension deploys. The pods follow by themselves. */
  deploy(caches: readonly RenderedCache[]): void;
  /** Waits until no pod is being replaced. */
  settle(): Promise<void>;
  /** Ends all pods and the server. */
  close(): Promise<void>;
}

/** How a cluster is to be. */
export interface ClusterOptions {
  readonly pods: PodRunner;
  /** How long the controller takes to notice a change, in milliseconds. */
  readonly lag?: number;
}

/** What a viewer may do in a Shoot: read all but Secrets, and logs. (pkg/component/shoot/system) */
const viewer: AccessGrant = {
  subjects: ["viewer"],
  verbs: ["get", "list", "watch"],
  resources: [
    "services",
    "pods",
    "pods/log",
    "persistentvolumeclaims",
    "statefulsets",
    "events",
    "nodes",
    "configmaps",
  ],
};

/** Starts the API of a Shoot. */
export async function startShootCluster({ pods: runner, lag = 5 }: ClusterOptions): Promise<ShootCluster> {
  const running = new Map<string, RunningPod>();
  const server = await startApiServer({
    tls: false,
    namespaces: ["kube-system"],
    resources: clusterResources(running),
    grants: [viewer],
  });
  server.known.tokens.set("viewer", { name: "viewer", groups: [] });
  const work = new Map<string, Promise<void>>();
  const parts = { server, running, runner };
  return {
    server,
    kubeconfig: (kind) => kubeconfigFor(server, { user: { token: kind } }),
    deploy(caches) {
      for (const rendered of caches) {
        const app = rendered.cache.names.resource;
        const before = work.get(app) ?? Promise.resolve();
        work.set(
          app,
          before.then(() => roll(parts, rendered, lag)),
        );
      }
    },
    async settle() {
      await Promise.all(work.values());
    },
    async close() {
      await Promise.all(work.values());
      await Promise.all([...running.values()].map((it) => it.stop()));
      await server.close();
    },
  };
}

interface Parts extends ClusterPods {
  readonly server: ApiServer;
  readonly runner: PodRunner;
}

/** Two replicas of a highly available cache are the work of Gardener's webhook. */
function replicasOf({ cache }: RenderedCache): number {
  return cache.highAvailability ? 2 : 1;
}

/** Writes the objects; a StatefulSet with another template gets a new generation. */
async function putObjects({ store }: ApiServer, rendered: RenderedCache): Promise<void> {
  for (const object of rendered.objects) {
    const stored: ApiObject = JSON.parse(JSON.stringify(object));
    if (object.kind === "Service") store.put("services", { ...stored, spec: { clusterIP: "10.0.0.7" } });
    if (object.kind === "Secret") store.put("secrets", stored);
    if (object.kind === "StatefulSet") await putSet(store, stored, replicasOf(rendered));
  }
}

async function putSet(store: ApiServer["store"], set: ApiObject, replicas: number): Promise<void> {
  const old = await setOf(store, set.metadata.name);
  if (old !== undefined && revisionOf(old) === revisionOf(set)) return;
  const generation = (old?.metadata.generation ?? 0) + 1;
  const spec = { ...(typeof set["spec"] === "object" ? set["spec"] : {}), replicas };
  store.put("statefulsets.apps", {
    ...set,
    metadata: { ...set.metadata, generation },
    spec,
    status: old?.["status"] ?? {},
  });
}

async function setOf(store: ApiServer["store"], name: string): Promise<ApiObject | undefined> {
  return store.get({ resource: "statefulsets.apps", namespace: "kube-system", name });
}

/** What the extension and the StatefulSet's controller do, one after the other. */
async function roll(parts: Parts, rendered: RenderedCache, lag: number): Promise<void> {
  const { store } = parts.server;
  const app = rendered.cache.names.resource;
  await putObjects(parts.server, rendered);
  await pause(lag);
  const set = await setOf(store, app);
  if (set === undefined) return;
  const old = set["status"];
  const revision = revisionOf(set);
  const replicas = replicasOf(rendered);
  if (currentRevision(old) === revision) return;
  const write = (updated: number, done: boolean): void => {
    store.put("statefulsets.apps", setStatus({ ...set, status: old }, { revision, replicas, updated, done }));
  };
  write(0, false);
  // It waits for a pod that is not ready, for ever.
  for (let index = replicas - 1; index >= 0; index -= 1) {
    const isReady = await replacePod(parts, rendered, { app, name: `${app}-${index}`, revision });
    if (!isReady) return;
    write(replicas - index, index === 0);
  }
}

/** Ends a pod and starts the next of its name. Says whether that is ready. */
async function replacePod(
  { server, running, runner }: Parts,
  rendered: RenderedCache,
  { app, name, revision }: { readonly app: string; readonly name: string; readonly revision: string },
): Promise<boolean> {
  const pod = { name, revision, labels: { app, "upstream-host": rendered.cache.names.upstreamLabel } };
  await running.get(name)?.stop();
  running.delete(name);
  server.store.put("pods", containerStatus(pod, "creating"));
  const started = await runner.start({ name, app, config: contentOf(rendered, "config.yml") });
  running.set(name, started);
  server.store.put("pods", containerStatus(pod, started.exitCode ?? "ready"));
  return started.exitCode === undefined;
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
