import { type ApiServer, type ResourceDefinition, startApiServer } from "@registry-cache/testkit";

/** A pod of a cache as the API shows it, with what its logs and the cache in it say. */
export interface ShownPod {
  readonly app: string;
  readonly upstream: string;
  readonly scheme?: "http" | "https";
  readonly configName: string;
  /** The text of its config Secret. */
  readonly config?: string;
  readonly log: string;
  /** Absent for a pod that is ready. */
  readonly exitCode?: number;
  /** What the cache answered to the probe. */
  readonly probe?: { readonly status: number; readonly body: string };
}

/** The law of pods where somebody makes one: its first status, whether it may be made, and its log. */
export type PodLaw = Pick<ResourceDefinition, "prepareCreate" | "admit" | "texts">;

const core = { group: "", version: "v1", namespaced: true, shortNames: [] };

const definitions = [
  { ...core, plural: "services", singular: "service", kind: "Service" },
  { ...core, plural: "pods", singular: "pod", kind: "Pod" },
  { ...core, plural: "persistentvolumeclaims", singular: "persistentvolumeclaim", kind: "PersistentVolumeClaim" },
  { ...core, plural: "nodes", singular: "node", kind: "Node", namespaced: false },
  { ...core, group: "apps", plural: "statefulsets", singular: "statefulset", kind: "StatefulSet" },
];

const registryImage = "europe-docker.pkg.dev/gardener-project/releases/3rd/registry:3.1.1";

/** Starts the API server of a cluster with one cache in it. */
export async function startCachesApi(pod: ShownPod, podLaw: PodLaw = {}): Promise<ApiServer> {
  const resources = definitions.map((it) => (it.kind === "Pod" ? { ...it, ...podLaw } : it));
  const server = await startApiServer({ resources, namespaces: ["kube-system"] });
  const { app, upstream, scheme = "http", configName, config } = pod;
  const name = `${app}-0`;
  const labels = { app, "upstream-host": upstream };
  const annotations = { upstream, scheme, "remote-url": `https://${upstream}` };
  const put = (
    resource: string,
    kind: string,
    object: { readonly name?: string; readonly [field: string]: unknown },
  ): void => {
    const { name: own = app, ...fields } = object;
    server.store.put(resource, {
      apiVersion: "v1",
      kind,
      metadata: { name: own, namespace: "kube-system", labels, annotations },
      ...fields,
    });
  };
  put("services", "Service", { spec: { clusterIP: "10.0.0.7" } });
  const volumes = [{ name: "config-volume", secret: { secretName: configName } }];
  const containers = [{ name: "registry-cache", image: registryImage }];
  put("statefulsets.apps", "StatefulSet", { spec: { template: { spec: { containers, volumes } } } });
  put("persistentvolumeclaims", "PersistentVolumeClaim", { name: `cache-volume-${name}`, status: { phase: "Bound" } });
  put("pods", "Pod", { name, status: { phase: "Running", containerStatuses: [containerStatus(pod)] } });
  if (config !== undefined)
    put("secrets", "Secret", { name: configName, data: { "config.yml": Buffer.from(config).toString("base64") } });
  const always = 1_000;
  server.faults.add({ path: new RegExp(`/${name}/log\\?`), times: always, effect: { answer: 200, body: pod.log } });
  if (pod.probe !== undefined)
    server.faults.add({
      path: /\/proxy\/v2\//,
      times: always,
      effect: { answer: pod.probe.status, body: pod.probe.body },
    });
  return server;
}

function containerStatus({ exitCode }: ShownPod): object {
  const base = { name: "registry-cache", restartCount: exitCode === undefined ? 0 : 3 };
  if (exitCode === undefined) return { ...base, ready: true, state: { running: {} } };
  const terminated = { exitCode, reason: "Error" };
  return { ...base, ready: false, state: { waiting: { reason: "CrashLoopBackOff" } }, lastState: { terminated } };
}
