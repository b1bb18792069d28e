import type { RuntimeCache } from "../cache.ts";
import { registryImage } from "../config-file.ts";
import type { SeenPod, SeenStatefulSet } from "./view.ts";

/** What is known of the configuration that a cache is to get. */
export interface RollTarget {
  readonly cache: RuntimeCache;
  /** The name of its config Secret before the change, where somebody looked. */
  readonly before: string | undefined;
  /** The name that the config Secret of the change has, as this version of the extension computes it. */
  readonly expected: string | undefined;
}

/** How far the pods of a cache are with a new configuration. `unclear`: they run, and nothing tells with which one. */
export type RollOver =
  | { readonly state: "rolling" | "crashing" | "unclear"; readonly why: string }
  | { readonly state: "rolled"; readonly seen: string };

/** Judges whether the pods of a cache have taken a new configuration. Rolled they are, whatever the upstream says of it. */
export function judgeRollOver(
  { cache, before, expected }: RollTarget,
  sets: readonly SeenStatefulSet[],
  pods: readonly SeenPod[],
): RollOver {
  const { resource } = cache.names;
  const set = sets.find((it) => it.name === resource);
  if (set?.configName === undefined) return { state: "rolling", why: `there is no StatefulSet ${resource} yet` };
  const { configName, roll } = set;
  const isExpected = configName === expected;
  const isNew = isExpected || (before !== undefined && before !== configName);
  // Without either, only the name that a known version would give can tell that it is an old one.
  const isOld = before === configName || (expected !== undefined && set.image === registryImage);
  if (!isNew && isOld) return { state: "rolling", why: `StatefulSet ${resource} still has Secret ${configName}` };
  // A pod of the template before may crash for the old login, which is why somebody hurries.
  const isNewest = (it: SeenPod): boolean =>
    roll === undefined || (roll.revision ?? "") === (it.revision ?? roll.revision);
  const crashing = pods.find((it) => it.app === resource && it.waiting === "CrashLoopBackOff" && isNewest(it));
  if (crashing !== undefined) return { state: "crashing", why: `pod ${crashing.name} ends again and again` };
  if (roll?.settled !== true)
    return { state: "rolling", why: `${roll?.ready ?? 0} of ${roll?.replicas ?? 1} pods of ${resource} are ready` };
  const ready = `${roll.ready} of ${roll.replicas} ${roll.replicas === 1 ? "pod" : "pods"} ready`;
  if (!isNew)
    return {
      state: "unclear",
      why: `cache ${cache.upstream} runs with Secret ${configName}, which may be the old one`,
    };
  const how = [
    ...(isExpected ? ["the one of the new login"] : []),
    ...(before !== undefined && before !== configName ? [`before it was ${before}`] : []),
  ];
  return {
    state: "rolled",
    seen: `cache ${cache.upstream} runs with Secret ${configName}, ${how.join(", ")}; ${ready}`,
  };
}
