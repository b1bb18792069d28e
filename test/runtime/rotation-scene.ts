import { join } from "node:path";
import { cacheHosts, renderHostsToml, toRuntimeCache } from "@registry-cache/runtime";
import {
  type ApiObject,
  type ApiServer,
  createGardenerSimulator,
  type GardenerSimulator,
  MemoryStore,
  makeScratch,
  realClock,
  startApiServer,
  writeKubeconfig,
} from "@registry-cache/testkit";
import type { Run } from "../cli/plugin.ts";
import { runAsync } from "../cli/run-async.ts";
import { renderShoot } from "../shoot-cluster/extension.ts";
import { type ShootCluster, startShootCluster } from "../shoot-cluster/shoot-cluster.ts";
import { createService } from "./cache-service.ts";
import { type Containerd, startContainerd, writeCertsD } from "./containerd.ts";
import { type PullLoop, startPulling } from "./pull-loop.ts";
import { distributionPods } from "./real-pods.ts";
import { type Account, type RotatingUpstream, startRotatingUpstream } from "./rotating-upstream.ts";
import type { Stage } from "./servers.ts";

/** How a rotation is set up. */
export interface SceneOptions {
  readonly program: string;
  readonly folder: string;
  readonly auth: "basic" | "bearer";
  readonly highAvailability: boolean;
  /** What the Shoot's Secret holds at the start. */
  readonly old: Account;
  readonly pullSecret?: Account;
  /** How often a pod that cannot pull is tried again; 1 for never. */
  readonly attempts?: number;
  readonly confined?: boolean;
}

/** A garden with a Shoot whose cache is a real one, and a node that pulls through it. */
export interface RotationScene {
  readonly upstream: RotatingUpstream;
  readonly cluster: ShootCluster;
  readonly garden: ApiServer;
  readonly simulator: GardenerSimulator;
  readonly pulling: PullLoop;
  /** Runs `rotate` with a password on its standard input. */
  rotate(args: readonly string[], password?: string): Promise<Run>;
  close(): Promise<void>;
}

const host = "registry.example.com";
const namespace = "garden-dev";

/** Starts all of it, up to the first pulls. */
export async function startRotationScene(options: SceneOptions): Promise<RotationScene> {
  const { program, folder, auth, highAvailability, old, pullSecret, attempts = 1, confined = false } = options;
  const stage: Stage = { closers: [] };
  const upstream = await startRotatingUpstream(stage, join(folder, "upstream"), auth);
  upstream.allow(old, ...(pullSecret ? [pullSecret] : []));
  const service = await createService(stage);
  const cluster = await startShootCluster({
    pods: distributionPods(stage, program, join(folder, "pods"), service),
    lag: 200,
  });
  const store = new MemoryStore();
  const simulator = createGardenerSimulator(
    { store, clock: realClock, authorize: async () => true },
    {
      usualPlan: { milliseconds: 1_500, outcome: "Succeeded" },
      shootKubeconfig: (_, kind) => cluster.kubeconfig(kind),
      onApplied: (shoot) => void deploy(shoot, store, cluster),
    },
  );
  const garden = await startApiServer({ namespaces: [namespace], store, resources: simulator.resources });
  store.put("secrets", secretOf("registry-v1", old));
  store.put("shoots.core.gardener.cloud", shootOf({ remoteURL: upstream.url, highAvailability, confined }));
  await untilDeployed(cluster);
  const node = await startContainerd(join(folder, "containerd"));
  const certsD = join(folder, "certs.d");
  const cache = toRuntimeCache({ upstream: host, remoteUrl: upstream.url, tls: false });
  writeCertsD(certsD, { [`${host}/hosts.toml`]: renderHostsToml(cacheHosts(cache, service.url)) });
  const login = pullSecret && `${pullSecret.username}:${pullSecret.password}`;
  const pulling = startPulling({ node, certsD, open: upstream.open, host, pullSecret: login, attempts });
  const kubeconfig = writeKubeconfig(makeScratch(), garden, { namespace });
  return {
    upstream,
    cluster,
    garden,
    simulator,
    pulling,
    rotate: (args, password = "") => runAsync(["rotate", ...args, "--kubeconfig", kubeconfig], { input: password }),
    close: () => end({ pulling, node, simulator, cluster, garden, stage }),
  };
}

interface Started {
  readonly pulling: PullLoop;
  readonly node: Containerd;
  readonly simulator: GardenerSimulator;
  readonly cluster: ShootCluster;
  readonly garden: ApiServer;
  readonly stage: Stage;
}

async function end({ pulling, node, simulator, cluster, garden, stage }: Started): Promise<void> {
  await pulling.stop();
  await node.stop();
  simulator.stop();
  await cluster.close();
  await garden.close();
  for (const close of stage.closers) close();
}

async function deploy(shoot: ApiObject, store: MemoryStore, cluster: ShootCluster): Promise<void> {
  cluster.deploy(renderShoot(shoot, (await store.list("secrets", namespace)).items));
}

async function untilDeployed({ server }: ShootCluster): Promise<void> {
  for (;;) {
    const { items } = await server.store.list("statefulsets.apps");
    const status = items[0]?.["status"];
    if (JSON.stringify(status ?? {}).includes('"updatedReplicas":') && isRolled(status)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isRolled(status: unknown): boolean {
  const of = (field: string): unknown =>
    typeof status === "object" && status ? Reflect.get(status, field) : undefined;
  return of("updatedReplicas") === of("replicas") && of("readyReplicas") === of("replicas");
}

/** A Secret of the garden with an account in it. */
export function secretOf(name: string, { username, password }: Account): ApiObject {
  const encoded = (text: string): string => Buffer.from(text).toString("base64");
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace, uid: `uid-${name}` },
    immutable: true,
    data: { username: encoded(username), password: encoded(password) },
  };
}

interface ShootOptions {
  readonly remoteURL: string;
  readonly highAvailability: boolean;
  readonly confined: boolean;
}

function shootOf({ remoteURL, highAvailability, confined }: ShootOptions): ApiObject {
  const cache = {
    upstream: host,
    remoteURL,
    secretReferenceName: "login",
    http: { tls: false },
    highAvailability: { enabled: highAvailability },
  };
  const providerConfig = {
    apiVersion: "registry.extensions.gardener.cloud/v1alpha3",
    kind: "RegistryConfig",
    caches: [cache],
  };
  return {
    apiVersion: "core.gardener.cloud/v1beta1",
    kind: "Shoot",
    metadata: { name: "one", namespace, uid: "uid-one", generation: 1, creationTimestamp: "2024-01-01T00:00:00Z" },
    spec: {
      seedName: "seed",
      provider: { type: "local", workers: [{ name: "w", cri: { name: "containerd" } }] },
      extensions: [{ type: "registry-cache", providerConfig }],
      resources: [{ name: "login", resourceRef: { apiVersion: "v1", kind: "Secret", name: "registry-v1" } }],
      // A window far from now: nothing rolls out by itself.
      ...(confined && { maintenance: { confineSpecUpdateRollout: true, timeWindow: farWindow() } }),
    },
  };
}

function farWindow(): { readonly begin: string; readonly end: string } {
  const hour = (new Date().getUTCHours() + 12) % 24;
  const text = (it: number): string => `${String(it % 24).padStart(2, "0")}0000+0000`;
  return { begin: text(hour), end: text(hour + 1) };
}
