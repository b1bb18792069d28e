import { duration, flag, group, list, long, type More, quantity, table, text, whole } from "./field.ts";
import type { Schema } from "./schema.ts";

/** The kubelet's settings for the whole cluster, whose defaults the server fills in, or for one worker pool. */
export function kubelet(scope: "cluster" | "pool"): Schema {
  const filled = (more: More): More | undefined => (scope === "cluster" ? more : undefined);
  return group(
    scope === "cluster"
      ? "Settings of the kubelet on all nodes; a worker pool can have its own."
      : "Settings of the kubelet on the pool's nodes. They replace those of spec.kubernetes.kubelet as a whole.",
    {
      featureGates: table("Feature gates of the kubelet.", flag("Whether the kubelet has the feature.")),
      cpuCFSQuota: flag("Enforces CPU limits by the kernel's quotas."),
      cpuManagerPolicy: text("With static, containers can have whole CPUs for themselves.", {
        enum: ["none", "static"],
      }),
      ...evictions,
      maxPods: whole("How many pods fit on a node. Gardener uses 110 where nothing is said."),
      podPidsLimit: long("How many processes a pod may have."),
      failSwapOn: flag("The kubelet does not start on a node with swap.", { default: true }),
      kubeReserved,
      ...images(filled),
      seccompDefault: flag("Gives every container the runtime's seccomp profile, where it names none."),
      containerLogMaxSize: quantity("How large a container's log grows before it is rotated."),
      containerLogMaxFiles: whole("How many logs of a container are kept."),
      protectKernelDefaults: flag("The kubelet fails where kernel settings differ from its own, and changes none."),
      streamingConnectionIdleTimeout: duration("After how long an idle connection, as of exec or attach, is closed."),
      memorySwap: group("How containers use swap. It needs failSwapOn to be false.", {
        swapBehavior: text("With LimitedSwap, pods may use swap in proportion to their memory.", {
          enum: ["NoSwap", "LimitedSwap"],
        }),
      }),
      singleProcessOOMKill: flag("Out of memory, only one process of a container is killed, not all of them."),
      imagePullCredentialsVerificationPolicy: text(
        "For which images that are already on the node a pod must prove that it may pull them.",
        {
          enum: ["NeverVerify", "NeverVerifyPreloadedImages", "NeverVerifyAllowlistedImages", "AlwaysVerify"],
          since: "1.35",
        },
      ),
      preloadedImagesVerificationAllowlist: list(
        "The images that need no proof, with the policy NeverVerifyAllowlistedImages.",
        text("An image that needs no proof; it may end in a wildcard."),
        { since: "1.35" },
      ),
    },
  );
}

function images(filled: (more: More) => More | undefined): { readonly [name: string]: Schema } {
  return {
    imageGCHighThresholdPercent: whole(
      "The share of the disk in use from which images are removed.",
      filled({ default: 50 }),
    ),
    imageGCLowThresholdPercent: whole(
      "The share of the disk in use down to which images are removed.",
      filled({ default: 40 }),
    ),
    serializeImagePulls: flag(
      "Pulls one image after the other.",
      filled({ computed: "true unless maxParallelImagePulls is 2 or more" }),
    ),
    registryPullQPS: whole("How many pulls a node starts in a second; 0 means no limit."),
    registryBurst: whole("How many pulls a node may start in one go, beyond registryPullQPS."),
    maxParallelImagePulls: whole("How many images are pulled at the same time; it needs serializeImagePulls: false."),
    imageMinimumGCAge: duration("How old an unused image must be before it is removed.", filled({ default: "2m0s" })),
    imageMaximumGCAge: duration(
      "How long an image may be unused before it is removed; 0s turns this off.",
      filled({ default: "0s" }),
    ),
  };
}

/** The five resources that evictions watch. */
function thresholds(one: (what: string) => Schema): { readonly [name: string]: Schema } {
  return {
    memoryAvailable: one("free memory"),
    imageFSAvailable: one("free space on the disk of images"),
    imageFSInodesFree: one("free inodes on the disk of images"),
    nodeFSAvailable: one("free space on the node's disk"),
    nodeFSInodesFree: one("free inodes on the node's disk"),
  };
}

const evictions: { readonly [name: string]: Schema } = {
  evictionHard: group(
    "When pods are evicted at once.",
    thresholds((it) => text(`Pods are evicted at once when ${it} falls below this amount or share, such as 5%.`)),
  ),
  evictionMaxPodGracePeriod: whole("How many seconds a pod gets at most to end in a soft eviction."),
  evictionMinimumReclaim: group(
    "How much an eviction must free at least.",
    thresholds((it) => quantity(`How much an eviction for lack of ${it} must free.`)),
  ),
  evictionPressureTransitionPeriod: duration("How long a node keeps saying that it is short of something."),
  evictionSoft: group(
    "When pods are evicted after a time of grace.",
    thresholds((it) => text(`Pods are evicted when ${it} stays below this amount or share for the time of grace.`)),
  ),
  evictionSoftGracePeriod: group(
    "How long the thresholds of evictionSoft may be crossed.",
    thresholds((it) => duration(`How long ${it} may stay below its soft threshold.`)),
  ),
};

const kubeReserved: Schema = group("What is kept back on each node for the kubelet and the container runtime.", {
  cpu: quantity("The CPU that is kept back."),
  memory: quantity("The memory that is kept back."),
  ephemeralStorage: quantity("The space on disk that is kept back."),
  pid: quantity("The number of processes that is kept back."),
});
