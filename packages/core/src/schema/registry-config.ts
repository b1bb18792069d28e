import type { Schema } from "./schema.ts";

/** The schema of a RegistryConfig of registry.extensions.gardener.cloud/v1alpha3. */
export const registryConfigSchema: Schema = {
  type: "object",
  additionalProperties: false,
  properties: {
    apiVersion: {
      type: "string",
      description: "Always registry.extensions.gardener.cloud/v1alpha3, the only version that is still served.",
    },
    kind: {
      type: "string",
      description: "Always RegistryConfig.",
    },
    caches: {
      type: "array",
      description: "The caches to run in the Shoot, one for each upstream. At least one is needed.",
      items: {
        type: "object",
        additionalProperties: false,
        properties: {
          upstream: {
            type: "string",
            description:
              "The registry host as image references name it, in lower case, with a port where references carry one. No scheme, no path.",
          },
          remoteURL: {
            type: "string",
            description:
              "Where the cache pulls from. Default: https:// and the upstream; for docker.io it is https://registry-1.docker.io.",
          },
          volume: {
            type: "object",
            description: "The disk that holds the cached images.",
            additionalProperties: false,
            properties: {
              size: {
                type: "string",
                format: "quantity",
                description: "The size of the disk. Default: 10Gi. It cannot change while the cache exists.",
              },
              storageClassName: {
                type: "string",
                description:
                  "The StorageClass of the disk. Default: the cluster's own default. It cannot change while the cache exists.",
              },
            },
          },
          garbageCollection: {
            type: "object",
            description:
              "When unused images are removed. Without this object: after 168h. An empty object turns removal off for ever.",
            additionalProperties: false,
            properties: {
              ttl: {
                type: "string",
                format: "duration",
                nullable: false,
                description:
                  "How long an image stays after it was pulled, such as 168h. 0s turns removal off, and it cannot be turned on again.",
              },
            },
          },
          secretReferenceName: {
            type: "string",
            description:
              "The name of an entry of spec.resources whose Secret holds username and password for the upstream.",
          },
          proxy: {
            type: "object",
            description: "The proxies that the cache uses to reach the upstream.",
            additionalProperties: false,
            properties: {
              httpProxy: {
                type: "string",
                description: "The proxy for upstreams reached by http.",
              },
              httpsProxy: {
                type: "string",
                description: "The proxy for upstreams reached by https.",
              },
            },
          },
          http: {
            type: "object",
            description: "How nodes talk to the cache. Without this object TLS is on. An empty object turns TLS off.",
            additionalProperties: false,
            properties: {
              tls: {
                type: "boolean",
                description: "Whether the cache serves HTTPS to the nodes.",
              },
            },
          },
          highAvailability: {
            type: "object",
            description: "Whether the cache survives the loss of a node.",
            additionalProperties: false,
            properties: {
              enabled: {
                type: "boolean",
                description: "Runs two replicas, each with a disk of its own. Default: false.",
              },
            },
          },
          serviceNameSuffix: {
            type: "string",
            description:
              "The Service is called registry- and this suffix instead of a name derived from the upstream. At most 54 characters, unique.",
          },
        },
      },
    },
  },
};
