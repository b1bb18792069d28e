import type { Schema } from "./schema.ts";

/** The schema of a Shoot of core.gardener.cloud/v1beta1, as far as the registry cache needs it. */
export const shootSchema: Schema = {
  type: "object",
  additionalProperties: false,
  properties: {
    apiVersion: {
      type: "string",
      description: "Always core.gardener.cloud/v1beta1.",
      enum: ["core.gardener.cloud/v1beta1"],
    },
    kind: {
      type: "string",
      description: "Always Shoot.",
      enum: ["Shoot"],
    },
    metadata: {
      type: "object",
      description: "Name, namespace, labels and annotations.",
      properties: {
        name: {
          type: "string",
          description: "The Shoot's name.",
        },
        namespace: {
          type: "string",
          description: "The project's namespace.",
        },
        labels: {
          type: "object",
          description: "Labels.",
          additionalProperties: {
            type: "string",
          },
        },
        annotations: {
          type: "object",
          description: "Annotations.",
          additionalProperties: {
            type: "string",
          },
        },
      },
    },
    spec: {
      type: "object",
      description: "What the cluster should be.",
      additionalProperties: false,
      properties: {
        addons: {
          type: "object",
          description: "Deprecated add-ons.",
        },
        cloudProfileName: {
          type: "string",
          description: "Deprecated: use cloudProfile.",
        },
        dns: {
          type: "object",
          description: "Domain and DNS providers.",
        },
        extensions: {
          type: "array",
          description: "Extensions and their configuration.",
          items: {
            type: "object",
            additionalProperties: false,
            required: ["type"],
            properties: {
              type: {
                type: "string",
                description:
                  "The extension's type, such as registry-cache or registry-mirror. Each type may stand here once.",
              },
              providerConfig: {
                type: "object",
                description:
                  "The extension's own configuration; for registry-cache a RegistryConfig, for registry-mirror a MirrorConfig.",
              },
              disabled: {
                type: "boolean",
                description: "Switches the extension off. A disabled registry-cache is deleted, with its disks.",
              },
            },
          },
        },
        hibernation: {
          type: "object",
          description: "When the cluster sleeps.",
        },
        kubernetes: {
          type: "object",
          description: "The Kubernetes version and its components.",
        },
        networking: {
          type: "object",
          description: "The cluster's networks.",
        },
        maintenance: {
          type: "object",
          description: "When and how Gardener may change the cluster by itself.",
          additionalProperties: false,
          properties: {
            autoUpdate: {
              type: "object",
            },
            timeWindow: {
              type: "object",
            },
            confineSpecUpdateRollout: {
              type: "boolean",
              description: "Changes of the spec wait for the maintenance window.",
            },
            autoRotation: {
              type: "object",
            },
          },
        },
        monitoring: {
          type: "object",
          description: "Alerting.",
        },
        provider: {
          type: "object",
          description: "The infrastructure that the Shoot runs on.",
          additionalProperties: false,
          properties: {
            type: {
              type: "string",
              description: "The provider's type, such as aws or gcp.",
            },
            controlPlaneConfig: {
              type: "object",
              description: "The provider's own configuration of the control plane.",
            },
            infrastructureConfig: {
              type: "object",
              description: "The provider's own configuration of networks and the like.",
            },
            workers: {
              type: "array",
              description: "The worker pools. A Shoot without any cannot have a registry cache.",
              items: {
                type: "object",
                additionalProperties: false,
                properties: {
                  annotations: {},
                  caBundle: {},
                  cri: {
                    type: "object",
                    description: "The container runtime of the pool's nodes.",
                    additionalProperties: false,
                    properties: {
                      name: {
                        type: "string",
                        description: "The runtime. The registry cache needs containerd, which is the default.",
                      },
                      containerRuntimes: {},
                    },
                  },
                  kubernetes: {},
                  labels: {},
                  name: {
                    type: "string",
                    description: "The worker pool's name.",
                  },
                  machine: {},
                  maximum: {},
                  minimum: {},
                  maxSurge: {},
                  maxUnavailable: {},
                  providerConfig: {},
                  taints: {},
                  volume: {},
                  dataVolumes: {},
                  kubeletDataVolumeName: {},
                  zones: {},
                  systemComponents: {},
                  machineControllerManager: {},
                  sysctls: {},
                  clusterAutoscaler: {},
                  priority: {},
                  updateStrategy: {},
                  controlPlane: {},
                },
              },
            },
            workersSettings: {
              type: "object",
              description: "Settings for all worker pools.",
            },
          },
        },
        purpose: {
          type: "string",
          description: "What the cluster is for.",
          enum: ["evaluation", "testing", "development", "production", "infrastructure"],
        },
        region: {
          type: "string",
          description: "The region of the infrastructure.",
        },
        secretBindingName: {
          type: "string",
          description: "Deprecated: use credentialsBindingName.",
        },
        seedName: {
          type: "string",
          description: "The seed that runs the control plane.",
        },
        seedSelector: {
          type: "object",
          description: "Which seeds may be chosen.",
        },
        resources: {
          type: "array",
          description: "Objects of the project namespace that the Shoot refers to.",
          items: {
            type: "object",
            additionalProperties: false,
            required: ["name", "resourceRef"],
            properties: {
              name: {
                type: "string",
                description: "The name by which the Shoot refers to the resource; secretReferenceName points here.",
              },
              resourceRef: {
                type: "object",
                description: "The object in the project namespace.",
                additionalProperties: false,
                // Which apiVersion and kind go together is for a rule of its own (RC223).
                required: ["name"],
                properties: {
                  apiVersion: {
                    type: "string",
                    description: "v1 for a Secret or ConfigMap.",
                  },
                  kind: {
                    type: "string",
                    description: "Secret, ConfigMap or WorkloadIdentity. The registry cache takes only a Secret.",
                  },
                  name: {
                    type: "string",
                    description: "The object's name; a rotation changes it from one version to the next.",
                  },
                },
              },
            },
          },
        },
        tolerations: {
          type: "array",
          description: "Taints of seeds that are tolerated.",
        },
        exposureClassName: {
          type: "string",
          description: "How the API server is exposed.",
        },
        systemComponents: {
          type: "object",
          description: "Settings of system components.",
        },
        controlPlane: {
          type: "object",
          description: "Settings of the control plane.",
        },
        schedulerName: {
          type: "string",
          description: "The scheduler that picks the seed.",
        },
        cloudProfile: {
          type: "object",
          description: "The cloud profile.",
        },
        credentialsBindingName: {
          type: "string",
          description: "The binding to the infrastructure's credentials.",
        },
        accessRestrictions: {
          type: "array",
          description: "Access restrictions of the region.",
        },
      },
    },
    status: {},
  },
};
