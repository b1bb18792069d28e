import type { Schema } from "./schema.ts";

/** The schema of a MirrorConfig of mirror.extensions.gardener.cloud/v1alpha1. */
export const mirrorConfigSchema: Schema = {
  type: "object",
  additionalProperties: false,
  properties: {
    apiVersion: {
      type: "string",
      description: "Always mirror.extensions.gardener.cloud/v1alpha1.",
    },
    kind: {
      type: "string",
      description: "Always MirrorConfig.",
    },
    mirrors: {
      type: "array",
      description: "The registries for which nodes ask mirrors first. At least one is needed.",
      items: {
        type: "object",
        additionalProperties: false,
        properties: {
          upstream: {
            type: "string",
            description:
              "The registry host as image references name it, in lower case, with a port where references carry one.",
          },
          hosts: {
            type: "array",
            description: "The mirrors in the order in which containerd asks them. At least one is needed.",
            items: {
              type: "object",
              additionalProperties: false,
              properties: {
                host: {
                  type: "string",
                  description: "The mirror's http or https URL; a path is allowed.",
                },
                capabilities: {
                  type: "array",
                  description: "What the mirror is asked for: pull, resolve, or both. Default: pull.",
                  items: {
                    type: "string",
                  },
                },
                caBundleSecretReferenceName: {
                  type: "string",
                  description:
                    "The name of an entry of spec.resources whose Secret holds the mirror's CA certificates under bundle.crt.",
                },
                overridePath: {
                  type: "boolean",
                  description: "The host's path is the whole API root: nodes do not append /v2. Default: false.",
                },
              },
            },
          },
        },
      },
    },
  },
};
