import { duration, flag, fraction, group, list, long, quantity, table, text, whole } from "./field.ts";
import type { Schema } from "./schema.ts";

/** Bounds for the autoscaling of a component of the control plane. */
export function autoscaling(component: string): Schema {
  return group(
    `Bounds for the resources that ${component} is given by itself.`,
    {
      minAllowed: table(
        `The least that ${component} is given, by resource: cpu and memory.`,
        quantity(`The least of a resource that ${component} is given.`),
      ),
    },
    { required: ["minAllowed"] },
  );
}

/** spec.kubernetes.clusterAutoscaler */
export const clusterAutoscaler: Schema = group("How nodes are added and removed.", {
  scaleDownDelayAfterAdd: duration("How long no node is removed after one was added.", { default: "1h" }),
  scaleDownDelayAfterDelete: duration("How long no node is removed after one was removed.", { default: "0s" }),
  scaleDownDelayAfterFailure: duration("How long no node is removed after that failed.", { default: "3m" }),
  scaleDownUnneededTime: duration("How long a node must be superfluous before it is removed.", { default: "30m" }),
  scaleDownUtilizationThreshold: fraction("The share of a node's resources in use below which it is superfluous.", {
    default: 0.5,
  }),
  scanInterval: duration("How often the autoscaler looks at the cluster.", { default: "10s" }),
  expander: text(
    "How the autoscaler chooses among worker pools; of several names with commas, the later decide ties.",
    {
      enum: ["least-waste", "most-pods", "priority", "random", "least-nodes"],
      separator: ",",
      default: "least-waste",
    },
  ),
  maxNodeProvisionTime: duration("How long the autoscaler waits for a new node.", { default: "20m" }),
  maxGracefulTerminationSeconds: whole("How many seconds pods get to end when their node is removed.", {
    default: 600,
  }),
  ignoreTaints: list(
    "Taints that the autoscaler ignores when it judges a worker pool.",
    text("The key of a taint that is ignored."),
    { deprecated: "use startupTaints", replacement: { field: "startupTaints" } },
  ),
  newPodScaleUpDelay: duration("How old a pod must be before nodes are added for it.", { default: "0s" }),
  maxEmptyBulkDelete: whole("How many empty nodes are removed at the same time.", {
    deprecated: "use maxScaleDownParallelism",
    replacement: { field: "maxScaleDownParallelism" },
    until: "1.33",
  }),
  ignoreDaemonsetsUtilization: flag("Leaves the pods of DaemonSets out when a node's use is computed.", {
    default: false,
  }),
  verbosity: whole("How much the autoscaler logs.", { default: 2 }),
  startupTaints: list(
    "Taints that a node has only while it starts; they do not keep the autoscaler from counting on it.",
    text("The key of a taint that goes away after start."),
  ),
  statusTaints: list(
    "Taints that tell a node's state; the autoscaler ignores them on nodes to come.",
    text("The key of a taint that tells a state."),
  ),
  maxScaleDownParallelism: whole("How many nodes are removed at the same time, empty or not.", { default: 10 }),
  maxDrainParallelism: whole("How many nodes are drained at the same time.", { default: 1 }),
  initialNodeGroupBackoffDuration: duration("How long a worker pool is left alone after its first failure.", {
    default: "5m",
  }),
  maxNodeGroupBackoffDuration: duration("How long a worker pool is left alone at most after failures.", {
    default: "30m",
  }),
  nodeGroupBackoffResetTimeout: duration("After how long without failure a worker pool starts afresh.", {
    default: "3h",
  }),
  emitPerNodeGroupMetrics: flag("Publishes metrics for each worker pool.", { default: false }),
  maxBinpackingTime: duration("How long one round of fitting pods onto nodes may take.", { default: "5m" }),
  autoscaling: autoscaling("the cluster autoscaler"),
});

/** spec.kubernetes.verticalPodAutoscaler */
export const verticalPodAutoscaler: Schema = group(
  "The vertical pod autoscaler, which gives pods the resources that they use.",
  {
    enabled: flag("Offers vertical pod autoscaling in the cluster."),
    evictAfterOOMThreshold: duration("A pod that runs out of memory this soon after its start is evicted.", {
      default: "10m",
    }),
    evictionRateBurst: whole("How many pods may be evicted in one go.", { default: 1 }),
    evictionRateLimit: fraction("How many pods may be evicted in a second; 0 and less mean no limit.", {
      default: -1,
    }),
    evictionTolerance: fraction("The share of a workload's replicas that may be evicted.", { default: 0.5 }),
    recommendationMarginFraction: fraction("The share that is added to what was measured, for safety.", {
      default: 0.15,
    }),
    updaterInterval: duration("How often the updater looks for pods to evict.", { default: "1m" }),
    recommenderInterval: duration("How often recommendations are made.", { default: "1m" }),
    targetCPUPercentile: fraction("The percentile of measured CPU that is the target.", { default: 0.9 }),
    recommendationLowerBoundCPUPercentile: fraction("The percentile of measured CPU that is the lower bound.", {
      default: 0.5,
    }),
    recommendationUpperBoundCPUPercentile: fraction("The percentile of measured CPU that is the upper bound.", {
      default: 0.95,
    }),
    targetMemoryPercentile: fraction("The percentile of measured memory that is the target.", { default: 0.9 }),
    recommendationLowerBoundMemoryPercentile: fraction("The percentile of measured memory that is the lower bound.", {
      default: 0.5,
    }),
    recommendationUpperBoundMemoryPercentile: fraction("The percentile of measured memory that is the upper bound.", {
      default: 0.95,
    }),
    cpuHistogramDecayHalfLife: duration("After how long a measurement of CPU counts half.", { default: "24h" }),
    memoryHistogramDecayHalfLife: duration("After how long a measurement of memory counts half.", { default: "24h" }),
    memoryAggregationInterval: duration("The time over which the peak of memory is taken.", { default: "24h" }),
    memoryAggregationIntervalCount: long("How many such times of memory are kept.", { default: 8 }),
    featureGates: table(
      "Feature gates of the vertical pod autoscaler.",
      flag("Whether the vertical pod autoscaler has the feature."),
    ),
    maxAllowed: table(
      "The most that a container is recommended, by resource: cpu and memory.",
      quantity("The most of a resource that a container is recommended."),
    ),
    recommenderUpdateWorkerCount: long("How many workers write recommendations at the same time.", { default: 10 }),
  },
  { required: ["enabled"] },
);
