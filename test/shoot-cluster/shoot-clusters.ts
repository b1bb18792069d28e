import type { ApiObject, SimulatorOptions } from "@registry-cache/testkit";
import { renderShoot } from "./extension.ts";
import { type ClusterOptions, type ShootCluster, startShootCluster } from "./shoot-cluster.ts";

/** The clusters of a garden's Shoots, each made when something is first deployed into it. */
export interface ShootClusters {
  /** What makes a simulator lend kubeconfigs for them, and deploy into them. */
  readonly simulator: Required<Pick<SimulatorOptions, "shootKubeconfig" | "onApplied">>;
  get(namespace: string, name: string): ShootCluster | undefined;
  /** Deploys what the extension would, with the Secrets that the garden has then. */
  deploy(shoot: ApiObject): Promise<void>;
  close(): Promise<void>;
}

/** Makes none yet. */
export function openShootClusters(
  readSecrets: (namespace: string) => Promise<readonly ApiObject[]>,
  optionsOf: (shoot: string) => ClusterOptions,
): ShootClusters {
  const clusters = new Map<string, ShootCluster>();
  const starting = new Map<string, Promise<ShootCluster>>();
  const keyOf = (namespace: string, name: string): string => `${namespace}/${name}`;
  const open = (key: string, name: string): Promise<ShootCluster> => {
    const known = starting.get(key);
    if (known !== undefined) return known;
    const started = startShootCluster(optionsOf(name)).then((cluster) => {
      clusters.set(key, cluster);
      return cluster;
    });
    starting.set(key, started);
    return started;
  };
  const deploy = async (shoot: ApiObject): Promise<void> => {
    const { namespace = "", name } = shoot.metadata;
    const cluster = await open(keyOf(namespace, name), name);
    cluster.deploy(renderShoot(shoot, await readSecrets(namespace)));
  };
  return {
    simulator: {
      shootKubeconfig: ({ metadata }, kind) =>
        clusters.get(keyOf(metadata.namespace ?? "", metadata.name))?.kubeconfig(kind) ?? "",
      onApplied: (shoot) => void deploy(shoot),
    },
    get: (namespace, name) => clusters.get(keyOf(namespace, name)),
    deploy,
    async close() {
      await Promise.all([...clusters.values()].map((it) => it.close()));
    },
  };
}
