import { spawn } from "node:child_process";
import {
  type AccessGrant,
  type ApiServer,
  createGardenerSimulator,
  createVirtualClock,
  kubeconfigFor,
  MemoryStore,
  startApiServer,
} from "@registry-cache/testkit";
import { onTestFinished } from "vitest";
import { cleanEnvironment, plugin, type Run, scratch } from "./plugin.ts";

/** A value that no output may show. */
export const planted = "cGxhbnRlZC12YWx1ZQ";

/** A garden behind HTTPS in this process, as it is: nothing reconciles in it. */
export interface TestGarden {
  readonly server: ApiServer;
  /** Runs the plugin as an administrator, or with another user's token. */
  readonly run: (args: readonly string[], options?: GardenRun) => Promise<Run>;
  /** Starts the plugin; what it prints comes piece by piece. */
  readonly start: (args: readonly string[], options?: GardenRun) => Running;
}

/** How to run the plugin against a garden. */
export interface GardenRun {
  readonly token?: string;
  readonly namespace?: string;
  readonly env?: { readonly [name: string]: string };
  readonly cwd?: string;
  /** False leaves the kubeconfig to the environment that is given. */
  readonly kubeconfig?: boolean;
}

/** A plugin that runs. */
export interface Running {
  readonly done: Promise<Run>;
  readonly stdout: () => string;
  readonly kill: (signal: NodeJS.Signals) => void;
}

/** What is in a garden, by the names of resources. */
export interface GardenObjects {
  readonly [resource: string]: readonly object[];
}

/** Starts a garden with objects in it. `users` have their names as tokens, and the rights of the grants. */
export async function startGarden(
  objects: GardenObjects,
  {
    users = [],
    grants = [],
    openApi = {},
  }: {
    readonly users?: readonly string[];
    readonly grants?: readonly AccessGrant[];
    readonly openApi?: { readonly [name: string]: object };
  } = {},
): Promise<TestGarden> {
  const store = new MemoryStore();
  const simulator = createGardenerSimulator({ store, clock: createVirtualClock(0), authorize: async () => true });
  simulator.stop();
  const server = await startApiServer({ store, resources: simulator.resources, grants, openApi });
  onTestFinished(() => server.close());
  for (const name of users) server.known.tokens.set(name, { name, groups: [] });
  for (const [resource, items] of Object.entries(objects)) for (const it of items) putObject(store, resource, it);
  const start = (args: readonly string[], options: GardenRun = {}): Running => startPlugin(server, args, options);
  return { server, start, run: (args, options) => start(args, options).done };
}

/** Puts an object into the store as it is. */
export function putObject(store: MemoryStore, resource: string, object: object): void {
  store.put(resource, JSON.parse(JSON.stringify(object)));
}

function startPlugin(server: ApiServer, args: readonly string[], options: GardenRun): Running {
  const { token = "admin", namespace = "garden-dev", env = {}, cwd, kubeconfig = true } = options;
  const root = scratch({ config: kubeconfigFor(server, { user: { token }, namespace }) });
  const { KUBECONFIG, GCTL_SESSION_ID, TERM_SESSION_ID, ...clean } = cleanEnvironment();
  const config = kubeconfig ? { KUBECONFIG: `${root}/config` } : {};
  const child = spawn(process.execPath, [plugin, ...args], {
    env: { ...clean, HOME: root, TMPDIR: root, ...config, ...env },
    ...(cwd && { cwd }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (it: string) => {
    stdout += it;
  });
  child.stderr.setEncoding("utf8").on("data", (it: string) => {
    stderr += it;
  });
  const done = new Promise<Run>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code: code ?? signal, stdout, stderr }));
  });
  return { done, stdout: () => stdout, kill: (signal) => void child.kill(signal) };
}

/** What to write differently in a live Shoot. */
export interface LiveShootOptions {
  readonly name?: string;
  readonly namespace?: string;
  readonly secret?: string;
  readonly metadata?: object;
  readonly spec?: object;
  readonly status?: object;
}

/** A Shoot as the API gives it: with one cache with credentials, rolled out. */
export function liveShoot(options: LiveShootOptions = {}): object {
  const { name = "crazy-botany", namespace = "garden-dev", secret = "quay-v1" } = options;
  const providerConfig = {
    apiVersion: "registry.extensions.gardener.cloud/v1alpha3",
    kind: "RegistryConfig",
    caches: [{ upstream: "quay.io", secretReferenceName: "quay", volume: { size: "20Gi" } }],
  };
  const lastOperation = {
    type: "Reconcile",
    state: "Succeeded",
    lastUpdateTime: "2030-01-01T12:00:00Z",
    progress: 100,
  };
  return {
    apiVersion: "core.gardener.cloud/v1beta1",
    kind: "Shoot",
    metadata: {
      name,
      namespace,
      uid: `uid-${name}`,
      generation: 3,
      creationTimestamp: "2024-01-01T00:00:00Z",
      finalizers: ["gardener", "gardener.cloud/reference-protection"],
      ...options.metadata,
    },
    spec: {
      seedName: "s",
      provider: { type: "local", workers: [{ name: "w", cri: { name: "containerd" } }] },
      extensions: [{ type: "registry-cache", providerConfig }],
      resources: [{ name: "quay", resourceRef: { apiVersion: "v1", kind: "Secret", name: secret } }],
      ...options.spec,
    },
    status: { seedName: "s", observedGeneration: 3, lastOperation, ...options.status },
  };
}

/** A sound Secret for that cache, with planted values. */
export function liveSecret(
  name = "quay-v1",
  {
    namespace = "garden-dev",
    metadata = {},
    ...fields
  }: { readonly namespace?: string; readonly metadata?: object; readonly [field: string]: unknown } = {},
): object {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace, uid: `uid-${name}`, creationTimestamp: "2024-01-01T00:00:00Z", ...metadata },
    type: "Opaque",
    immutable: true,
    data: {
      username: Buffer.from(`user-${planted}`).toString("base64"),
      password: Buffer.from(planted).toString("base64"),
    },
    ...fields,
  };
}
