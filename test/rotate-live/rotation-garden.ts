import type { NewValues } from "@registry-cache/core";
import { connectGarden, type GardenClient } from "@registry-cache/garden";
import {
  type LiveRotationRequest,
  type RotationEvent,
  type RotationOutcome,
  runLiveRotation,
} from "@registry-cache/operations";
import {
  type AccessGrant,
  type ApiObject,
  type ApiServer,
  createGardenerSimulator,
  type GardenerSimulator,
  kubeconfigFor,
  MemoryStore,
  realClock,
  startApiServer,
} from "@registry-cache/testkit";

import { type FakePod, fakePods, type PodSpec } from "../shoot-cluster/pods.ts";
import type { ShootCluster } from "../shoot-cluster/shoot-cluster.ts";
import { openShootClusters } from "../shoot-cluster/shoot-clusters.ts";

const shootsName = "shoots.core.gardener.cloud";
const namespace = "garden-dev";

/** A garden in which a rotation runs, with an eye on it that never blinks. */
export interface RotationGarden {
  readonly server: ApiServer;
  readonly store: MemoryStore;
  readonly simulator: GardenerSimulator;
  /** What was wrong with a reference at any moment: empty as long as every Shoot names a Secret that is there and whole. */
  readonly violations: readonly string[];
  /** The Secret of each Shoot. */
  targets(): { readonly [shoot: string]: string };
  secrets(): readonly string[];
  shoot(name: string): ApiObject | undefined;
  /** As the administrator, or as another user of the grants. */
  client(token?: string): GardenClient;
  /** The Shoot's own cluster. */
  cluster(name: string): ShootCluster | undefined;
  /** Runs a rotation of quay-v1 to its end. */
  rotate(
    changes?: Partial<LiveRotationRequest>,
  ): Promise<{ readonly outcome: RotationOutcome; readonly events: readonly RotationEvent[] }>;
  close(): Promise<void>;
}

/** The credential that replaces the old one in these tests. */
export const newValues: NewValues = { purpose: "credentials", username: "robot", password: "invented-new" };

/** Who else may do what in a garden, and how the pods of its Shoots behave. */
export interface GardenOptions {
  readonly grants?: readonly AccessGrant[];
  readonly pods?: (shoot: string, pod: PodSpec) => FakePod;
  /** How long the clusters take to notice what was deployed, in milliseconds. */
  readonly lag?: number;
}

/** Starts a garden with some Shoots that share one Secret, each reconciled. */
export async function startRotationGarden(
  count: number,
  spec: (index: number) => object = () => ({}),
  { grants = [], pods = () => ({}), lag = 5 }: GardenOptions = {},
): Promise<RotationGarden> {
  const store = new MemoryStore();
  const clusters = openShootClusters(
    async () => (await store.list("secrets", namespace)).items,
    (shoot) => ({ pods: fakePods((pod) => pods(shoot, pod)), lag }),
  );
  const simulator = createGardenerSimulator(
    { store, clock: realClock, authorize: async () => true },
    {
      usualPlan: { milliseconds: 15, outcome: "Succeeded" },
      ...clusters.simulator,
    },
  );
  const server = await startApiServer({
    namespaces: [namespace],
    store,
    resources: simulator.resources,
    grants,
    tls: false,
  });
  for (const { subjects } of grants) for (const name of subjects) server.known.tokens.set(name, { name, groups: [] });
  const eye = openEye(store);
  store.put("secrets", oldSecret());
  for (let index = 0; index < count; index += 1) {
    const shoot = shootOf(index, spec(index));
    await clusters.deploy(shoot);
    await clusters.get(namespace, shoot.metadata.name)?.settle();
    store.put(shootsName, shoot);
  }
  await simulator.settle();
  const clients: GardenClient[] = [];
  const client = (token = "admin"): GardenClient => {
    const text = kubeconfigFor(server, { namespace, user: { token } });
    const made = connectGarden({
      kubeconfigText: text,
      env: {},
      pace: { wait: async () => undefined, random: () => 0.5 },
    });
    clients.push(made);
    return made;
  };
  return {
    server,
    store,
    simulator,
    violations: eye.violations,
    targets: () => Object.fromEntries([...eye.shoots].map(([name, it]) => [name, targetsOf(it).join("+")]).toSorted()),
    secrets: () => [...eye.secrets.keys()].toSorted(),
    shoot: (name) => eye.shoots.get(name),
    client,
    cluster: (name) => clusters.get(namespace, name),
    async rotate(changes = {}) {
      const events: RotationEvent[] = [];
      const outcome = await runLiveRotation({
        client: client(),
        from: "quay-v1",
        aim: "rotate",
        values: newValues,
        by: "tester",
        parallel: 2,
        wait: true,
        verify: "try",
        triggerReconcile: false,
        deleteOld: false,
        grace: 0,
        timeout: 20_000,
        signal: new AbortController().signal,
        onEvent: (it) => events.push(it),
        pause: async () => undefined,
        ...changes,
      });
      return { outcome, events };
    },
    async close() {
      simulator.stop();
      for (const it of clients) it.close();
      await server.close();
      await clusters.close();
    },
  };
}

interface Eye {
  readonly shoots: Map<string, ApiObject>;
  readonly secrets: Map<string, ApiObject>;
  readonly violations: string[];
}

/** Looks at every Shoot after every write. */
function openEye(store: MemoryStore): Eye {
  const eye: Eye = { shoots: new Map(), secrets: new Map(), violations: [] };
  const look = (): void => {
    for (const [name, shoot] of eye.shoots) {
      for (const target of targetsOf(shoot)) {
        const problem = problemOf(eye.secrets.get(target));
        if (problem !== undefined) eye.violations.push(`${name} names ${target}, which is ${problem}`);
      }
    }
  };
  const keep = (map: Map<string, ApiObject>, type: string, object: ApiObject): void => {
    if (type === "DELETED") map.delete(object.metadata.name);
    else map.set(object.metadata.name, object);
    look();
  };
  store.watch("secrets", ({ type, object }) => keep(eye.secrets, type, object));
  store.watch(shootsName, ({ type, object }) => keep(eye.shoots, type, object));
  return eye;
}

function problemOf(secret: ApiObject | undefined): string | undefined {
  if (secret === undefined) return "missing";
  if (secret.metadata.deletionTimestamp !== undefined) return "terminating";
  const keys = Object.keys(secret["data"] ?? {})
    .toSorted()
    .join();
  return secret["immutable"] === true && keys === "password,username" ? undefined : "not valid";
}

function targetsOf(shoot: ApiObject): readonly string[] {
  return [...JSON.stringify(shoot["spec"]).matchAll(/"resourceRef":\{[^}]*"name":"([^"]+)"/g)].map((it) => it[1] ?? "");
}

function oldSecret(): ApiObject {
  const data = { username: "cm9ib3Q=", password: "aW52ZW50ZWQtb2xk" };
  const metadata = {
    name: "quay-v1",
    namespace,
    uid: "uid-quay-v1",
    labels: { team: "a" },
    // What kubectl apply leaves there repeats every value.
    annotations: { note: "kept", "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify({ data }) },
  };
  return { apiVersion: "v1", kind: "Secret", metadata, immutable: true, data };
}

function shootOf(index: number, spec: object): ApiObject {
  const name = `shoot-${index}`;
  const caches = [{ upstream: "quay.io", secretReferenceName: "quay" }];
  const apiVersion = "registry.extensions.gardener.cloud/v1alpha3";
  const lastOperation = {
    type: "Create",
    state: "Succeeded",
    progress: 100,
    description: "",
    lastUpdateTime: "2024-01-01T00:00:00Z",
  };
  return {
    apiVersion: "core.gardener.cloud/v1beta1",
    kind: "Shoot",
    metadata: {
      name,
      namespace,
      uid: `uid-${name}`,
      generation: 1,
      finalizers: ["gardener"],
      creationTimestamp: "2023-01-01T00:00:00Z",
    },
    spec: {
      seedName: "seed",
      provider: { type: "local", workers: [{ name: "w", cri: { name: "containerd" } }] },
      extensions: [{ type: "registry-cache", providerConfig: { apiVersion, kind: "RegistryConfig", caches } }],
      resources: [{ name: "quay", resourceRef: { apiVersion: "v1", kind: "Secret", name: "quay-v1" } }],
      ...spec,
    },
    status: {
      observedGeneration: 1,
      seedName: "seed",
      lastOperation,
      advertisedAddresses: [{ name: "external", url: "https://api.shoot.test" }],
    },
  };
}
