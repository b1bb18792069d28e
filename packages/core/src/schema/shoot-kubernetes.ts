import { duration, flag, fraction, group, table, text, whole } from "./field.ts";
import type { Schema } from "./schema.ts";
import { kubeApiServer } from "./shoot-api-server.ts";
import { autoscaling, clusterAutoscaler, verticalPodAutoscaler } from "./shoot-autoscaling.ts";
import { kubelet } from "./shoot-kubelet.ts";

const kubeControllerManager = group("Settings of the controller manager.", {
  featureGates: table(
    "Feature gates of the controller manager.",
    flag("Whether the controller manager has the feature."),
  ),
  horizontalPodAutoscaler: group("How workloads are given more or fewer replicas.", {
    cpuInitializationPeriod: duration("How long after its start a pod's use of CPU may be left out."),
    downscaleStabilization: duration("How long fewer replicas must have been right before they are taken away."),
    initialReadinessDelay: duration("How long after its start a pod's first signs of readiness are doubted."),
    syncPeriod: duration("How often the number of replicas is computed."),
    tolerance: fraction("By what share the measure may be off before the number of replicas changes."),
  }),
  nodeCIDRMaskSize: whole("How large each node's part of the pod network is, as the length of its mask.", {
    computed: "what maxPods needs, such as 24 for 110 pods; 64 for IPv6",
    immutable: "always",
  }),
  podEvictionTimeout: duration("How long pods stay on a node that has failed.", {
    deprecated: "set defaultNotReadyTolerationSeconds and defaultUnreachableTolerationSeconds of kubeAPIServer",
    until: "1.33",
  }),
  nodeMonitorGracePeriod: duration("How long a node may be silent before it counts as failed.", { default: "40s" }),
  nodeCIDRMaskSizeIPv6: whole("How large each node's part of the IPv6 pod network is, as the length of its mask.", {
    computed: "64 with both families",
    immutable: "once-set",
  }),
});

const kubeScheduler = group("Settings of the scheduler.", {
  featureGates: table("Feature gates of the scheduler.", flag("Whether the scheduler has the feature.")),
  kubeMaxPDVols: text("How many volumes a node can have.", {
    deprecated: "the storage driver says how many volumes a node takes",
    until: "1.35",
  }),
  profile: text("How pods are placed: spread over the nodes, or packed onto few of them.", {
    enum: ["balanced", "bin-packing"],
    default: "balanced",
  }),
});

const kubeProxy = group("Settings of kube-proxy.", {
  featureGates: table("Feature gates of kube-proxy.", flag("Whether kube-proxy has the feature.")),
  mode: text("How kube-proxy leads traffic to Services.", {
    enum: ["IPTables", "NFTables", "IPVS"],
    default: "IPTables",
  }),
  enabled: flag("Runs kube-proxy. A network plugin may do without it.", { default: true }),
});

/** spec.kubernetes */
export const kubernetes: Schema = group(
  "The Kubernetes version and its components.",
  {
    clusterAutoscaler,
    kubeAPIServer: kubeApiServer,
    kubeControllerManager,
    kubeScheduler,
    kubeProxy,
    kubelet: kubelet("cluster"),
    version: text(
      "The version of Kubernetes. Without a patch number the server takes the newest of the minor version.",
      {
        computed: "the newest that the CloudProfile offers",
        immutable: "upgrade",
        reference: "version of the CloudProfile",
      },
    ),
    verticalPodAutoscaler,
    etcd: group("Settings of the two etcds of the control plane.", {
      main: group("The etcd that holds everything but events.", { autoscaling: autoscaling("the main etcd") }),
      events: group("The etcd that holds events.", { autoscaling: autoscaling("the etcd of events") }),
    }),
  },
  { required: ["version"] },
);
