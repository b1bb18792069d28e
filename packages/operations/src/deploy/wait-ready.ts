import { type ApiObject, type GardenClient, valueAt } from "@registry-cache/garden";
import type { ObjectName } from "@registry-cache/runtime";
import { find } from "./cluster-profile.ts";

/** How far a workload is. */
export interface Readiness extends ObjectName {
  readonly ready: number;
  readonly wanted: number;
  readonly done: boolean;
}

/** Waits until every pod of the workloads is of the newest template and ready; gives how far they are when time is over. */
export async function waitReady(
  client: GardenClient,
  workloads: readonly ObjectName[],
  options: {
    readonly timeout: number;
    readonly pause: () => Promise<void>;
    readonly onProgress: (all: readonly Readiness[]) => void;
  },
): Promise<readonly Readiness[]> {
  const end = Date.now() + options.timeout;
  for (;;) {
    const all = await Promise.all(workloads.map(async (it) => readinessOf(it, await find(client, it))));
    options.onProgress(all);
    if (all.every((it) => it.done) || Date.now() >= end) return all;
    await options.pause();
  }
}

function readinessOf(name: ObjectName, object: ApiObject | undefined): Readiness {
  const count = (...path: readonly string[]): number => Number(valueAt(object, ...path) ?? 0);
  const isCurrent = count("status", "observedGeneration") >= (object?.metadata.generation ?? 1);
  const [wanted, ready, updated] =
    name.kind === "DaemonSet"
      ? [
          count("status", "desiredNumberScheduled"),
          count("status", "numberReady"),
          count("status", "updatedNumberScheduled"),
        ]
      : [count("spec", "replicas"), count("status", "readyReplicas"), count("status", "updatedReplicas")];
  return { ...name, ready, wanted, done: isCurrent && ready >= wanted && updated >= wanted };
}
