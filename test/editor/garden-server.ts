import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type ApiServer,
  cachedShoot,
  createGardenerSimulator,
  kubeconfigFor,
  MemoryStore,
  realClock,
  startApiServer,
} from "@registry-cache/testkit";

const namespace = "garden-dev";
const shoots = "shoots.core.gardener.cloud";

/** A value that no window may show. */
export const planted = "Pl4nted-Value";

/** A garden behind HTTPS that reconciles, for an editor to connect to. */
export interface EditorGarden {
  readonly server: ApiServer;
  /** The path of a kubeconfig with the context `garden`. */
  readonly kubeconfig: string;
  /** Makes a Secret for a cache in the project. */
  addSecret(name: string): void;
  /** Makes the next reconciliation of a Shoot last so long. */
  slow(shoot: string, milliseconds: number): void;
  /** The names of the Secrets that there are. */
  secrets(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Starts a garden with the project `dev`, two Shoots and the Secret of one of them. Its kubeconfig is written to a folder. */
export async function startEditorGarden(folder: string): Promise<EditorGarden> {
  const store = new MemoryStore();
  const usualPlan = { milliseconds: 500, outcome: "Succeeded" } as const;
  const simulator = createGardenerSimulator({ store, clock: realClock, authorize: async () => true }, { usualPlan });
  const server = await startApiServer({ namespaces: [namespace], store, resources: simulator.resources });
  const addSecret = (name: string): void => void store.put("secrets", secretOf(name));
  addSecret("ro-quay-v3");
  store.put("projects.core.gardener.cloud", {
    apiVersion: "core.gardener.cloud/v1beta1",
    kind: "Project",
    metadata: { name: "dev" },
    spec: { namespace },
  });
  const running = cachedShoot({ namespace, name: "north", secret: "ro-quay-v3", spec: { extensions: [quayNowhere] } });
  store.put(shoots, { ...running, metadata: { ...running.metadata, generation: 1 } });
  const broken = cachedShoot({ namespace, name: "south", secret: "gone-v1" });
  store.put(shoots, { ...broken, metadata: { ...broken.metadata, generation: 1 } });
  await simulator.settle();
  const kubeconfig = join(folder, "kubeconfig.yaml");
  const text = kubeconfigFor(server, { namespace });
  writeFileSync(kubeconfig, text.replaceAll('"test"', '"garden"'));
  return {
    server,
    kubeconfig,
    addSecret,
    slow: (name, milliseconds) => simulator.plan({ namespace, name }, { milliseconds, outcome: "Succeeded" }),
    secrets: async () => (await store.list("secrets")).items.map((it) => it.metadata.name),
    async close() {
      simulator.stop();
      await server.close();
    },
  };
}

/** A cache whose upstream nobody can reach: no test asks a real one. */
const quayNowhere = {
  type: "registry-cache",
  providerConfig: {
    apiVersion: "registry.extensions.gardener.cloud/v1alpha3",
    kind: "RegistryConfig",
    caches: [{ upstream: "quay.io", remoteURL: "https://127.0.0.1:1", secretReferenceName: "docker" }],
  },
};

function secretOf(name: string): Parameters<MemoryStore["put"]>[1] {
  const base64 = (text: string): string => Buffer.from(text).toString("base64");
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace, uid: `uid-${name}`, creationTimestamp: "2030-01-02T03:04:05Z" },
    type: "Opaque",
    immutable: true,
    data: { username: base64("robot"), password: base64(planted) },
  };
}
