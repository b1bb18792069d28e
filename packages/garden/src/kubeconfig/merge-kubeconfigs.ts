import type { Kubeconfig } from "./kubeconfig.ts";

/** Joins kubeconfigs as kubectl does: of an entry that several have, and of the current context, the first counts as a whole. */
export function mergeKubeconfigs(files: readonly Kubeconfig[]): Kubeconfig {
  return {
    currentContext: files.find((it) => it.currentContext !== "")?.currentContext ?? "",
    clusters: firstOfEach(files.map((it) => it.clusters)),
    users: firstOfEach(files.map((it) => it.users)),
    contexts: firstOfEach(files.map((it) => it.contexts)),
  };
}

function firstOfEach<T>(maps: readonly ReadonlyMap<string, T>[]): ReadonlyMap<string, T> {
  return new Map(maps.toReversed().flatMap((it) => [...it]));
}
