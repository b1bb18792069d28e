import { duration, flag, fraction, group, list, moment, opaque, share, table, text, whole } from "./field.ts";
import type { Schema } from "./schema.ts";
import { kubelet } from "./shoot-kubelet.ts";
import { objectReference } from "./shoot-reference.ts";

const cri = group(
  "The container runtime of the pool's nodes.",
  {
    name: text("The runtime. The registry cache needs containerd.", {
      enum: ["containerd"],
      default: "containerd",
      judgedBy: "RC017",
    }),
    containerRuntimes: list(
      "Further runtimes that pods may choose, such as gvisor.",
      group(
        "A further runtime.",
        {
          type: text("The runtime's type, such as gvisor."),
          providerConfig: opaque("The runtime's own configuration."),
        },
        { required: ["type"] },
      ),
    ),
  },
  { required: ["name"] },
);

const machine = group(
  "The machines of the pool.",
  {
    type: text("The machine type, such as m5.large.", { reference: "machine type of the CloudProfile" }),
    image: group(
      "The operating system. Without it the server takes the CloudProfile's first image.",
      {
        name: text("The image's name, such as gardenlinux.", { reference: "machine image of the CloudProfile" }),
        providerConfig: opaque("The operating system's own configuration."),
        version: text(
          "The image's version. Without it the server takes the newest; a part such as 1592 is completed.",
          {
            reference: "version of a machine image of the CloudProfile",
          },
        ),
      },
      { required: ["name"] },
    ),
    architecture: text("The CPU architecture of the machines. Without it, it is amd64.", { enum: ["amd64", "arm64"] }),
  },
  { required: ["type"] },
);

const taint = group(
  "A taint of the pool's nodes.",
  {
    key: text("The taint's key."),
    value: text("The taint's value."),
    effect: text("What happens to pods that do not tolerate the taint.", {
      enum: ["NoSchedule", "PreferNoSchedule", "NoExecute"],
    }),
    timeAdded: moment("When the taint was added. The server does not need it."),
  },
  { required: ["key", "effect"] },
);

const volume = group(
  "The disk of each machine. Whether it is needed depends on the machine type.",
  {
    name: text("The disk's name. It is needed only where others refer to it."),
    type: text("The disk's type, such as gp3.", { reference: "volume type of the CloudProfile" }),
    size: text("The disk's size, such as 50Gi."),
    encrypted: flag("Encrypts the disk, where the provider can."),
  },
  { required: ["size"] },
);

const dataVolume = group(
  "A further disk.",
  {
    name: text("The further disk's name, unique in the pool."),
    type: text("The further disk's type."),
    size: text("The further disk's size, such as 100Gi."),
    encrypted: flag("Encrypts the further disk, where the provider can."),
  },
  { required: ["name", "size"] },
);

const machineControllerManager = group("How machines of the pool are made and replaced.", {
  machineDrainTimeout: duration("How long pods get to leave a machine before it is removed by force."),
  machineHealthTimeout: duration("How long a machine may be unhealthy before it is replaced."),
  machineCreationTimeout: duration("How long a machine may take to become a node."),
  maxEvictRetries: whole("How often the eviction of a pod is tried while its machine is drained."),
  nodeConditions: list(
    "Conditions of a node that make its machine count as unhealthy.",
    text("The type of a condition that makes a machine unhealthy."),
  ),
  inPlaceUpdateTimeout: duration("How long an update in place may take."),
  disableHealthTimeout: flag("Keeps unhealthy machines.", { computed: "true when updateStrategy is in place" }),
  machinePreserveTimeout: duration("How long a failed machine is kept for a look at it."),
  autoPreserveFailedMachineMax: whole("How many failed machines of the pool are kept by themselves."),
});

const clusterAutoscaler = group("How the pool grows and shrinks, where it differs from the cluster.", {
  scaleDownUtilizationThreshold: fraction("The share of a node's resources in use below which the pool shrinks."),
  scaleDownGpuUtilizationThreshold: fraction("The share of a node's GPUs in use below which the pool shrinks."),
  scaleDownUnneededTime: duration("How long a node of the pool must be superfluous before it is removed."),
  scaleDownUnreadyTime: duration("How long a node of the pool must be unready before it may be removed."),
  maxNodeProvisionTime: duration("How long the autoscaler waits for a new node of the pool."),
});

const controlPlane = group("Makes the pool hold the control plane of a cluster that hosts itself.", {
  backup: group(
    "Where backups of etcd go.",
    {
      provider: text("The provider of the backup's storage.", { immutable: "always" }),
      providerConfig: opaque("The backup's own configuration."),
      region: text("The region of the backup's storage. Without it, it is the Shoot's.", { immutable: "always" }),
      credentialsRef: objectReference("The credentials for the backup's storage.", "the backup's credentials"),
    },
    { required: ["provider"], immutable: "kept" },
  ),
  exposure: group("How the control plane is reached from outside.", {
    extension: group("Exposure by an extension.", {
      type: text("The type of the extension that exposes the control plane.", {
        computed: "that of spec.provider.type",
      }),
      providerConfig: opaque("The exposing extension's own configuration."),
    }),
    dns: group("Exposure by DNS records that point at the nodes.", {}),
  }),
});

/** spec.provider.workers[] */
export const worker: Schema = group(
  "A worker pool: nodes that are alike.",
  {
    annotations: table("Annotations of the pool's nodes.", text("The value of a node's annotation.")),
    caBundle: text("Certificates in PEM that the pool's nodes trust beside their own."),
    cri,
    kubernetes: group("Kubernetes on the pool's nodes, where it differs from the cluster.", {
      kubelet: kubelet("pool"),
      version: text("The version of Kubernetes on the pool's nodes, not newer than the cluster's.", {
        immutable: "no-downgrade",
      }),
    }),
    labels: table("Labels of the pool's nodes.", text("The value of a node's label.")),
    name: text("The worker pool's name, unique in the Shoot. Another name is another pool."),
    machine,
    maximum: whole("How many machines the pool has at most."),
    minimum: whole("How many machines the pool has at least."),
    maxSurge: share("How many machines an update may add for its time.", { default: 1 }),
    maxUnavailable: share("How many machines may be missing during an update.", { default: 0 }),
    providerConfig: opaque("The provider's own configuration of the pool."),
    taints: list("Taints of the pool's nodes.", taint),
    volume,
    dataVolumes: list("Further disks of each machine.", dataVolume),
    kubeletDataVolumeName: text("The further disk that holds the kubelet's and the runtime's data.", {
      reference: "name in dataVolumes",
    }),
    zones: list(
      "The zones that the pool spreads over. Zones can be added.",
      text("The name of a zone.", { reference: "zone of the region in the CloudProfile" }),
    ),
    systemComponents: group(
      "Components of Gardener on the pool's nodes.",
      { allow: flag("Lets components of Gardener run on the pool. At least one pool must.", { default: true }) },
      { required: ["allow"] },
    ),
    machineControllerManager,
    sysctls: table("Kernel settings of the pool's nodes.", text("The value of a kernel setting.")),
    clusterAutoscaler,
    priority: whole("Which pool grows first, with the expander priority: higher wins."),
    updateStrategy: text("How nodes get new versions: replaced one after the other, or changed where they are.", {
      enum: ["AutoRollingUpdate", "AutoInPlaceUpdate", "ManualInPlaceUpdate"],
      default: "AutoRollingUpdate",
      immutable: "update-strategy",
    }),
    controlPlane,
  },
  { required: ["name", "machine", "maximum", "minimum"] },
);
