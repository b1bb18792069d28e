import type { Schema } from "./schema.ts";

/** The schema of a Secret of v1. */
export const secretSchema: Schema = {
  type: "object",
  additionalProperties: false,
  properties: {
    apiVersion: {
      type: "string",
      enum: ["v1"],
      description: "Always v1.",
    },
    kind: {
      type: "string",
      enum: ["Secret"],
      description: "Always Secret.",
    },
    metadata: {
      type: "object",
      description: "Name, namespace, labels and annotations.",
      properties: {
        name: {
          type: "string",
          description: "The name that resourceRef.name of a Shoot refers to.",
        },
        namespace: {
          type: "string",
          description: "The project's namespace: the one that holds the Shoot.",
        },
        labels: {
          type: "object",
          additionalProperties: {
            type: "string",
          },
        },
        annotations: {
          type: "object",
          additionalProperties: {
            type: "string",
          },
        },
      },
    },
    immutable: {
      type: "boolean",
      description: "Whether the data can never change. The registry cache takes only Secrets where this is true.",
    },
    type: {
      type: "string",
      description: "The Secret's type; the registry cache does not look at it. Default: Opaque.",
    },
    data: {
      type: "object",
      description: "The values in base64.",
      properties: keys("byte"),
      additionalProperties: {
        type: "string",
        format: "byte",
      },
    },
    stringData: {
      type: "object",
      description: "The values in plain text; they are merged into data on write.",
      properties: keys(),
      additionalProperties: {
        type: "string",
      },
    },
  },
};

/** The keys that the extension looks for. */
function keys(format?: "byte"): NonNullable<Schema["properties"]> {
  const written = format === undefined ? {} : { format };
  return {
    username: {
      type: "string",
      ...written,
      description: "The user name at the upstream. It must hold no white space.",
    },
    password: {
      type: "string",
      ...written,
      description: "The password or token at the upstream, exactly as it is: a line break at its end belongs to it.",
    },
    "bundle.crt": {
      type: "string",
      ...written,
      description: "The CA certificates of a mirror host in PEM, for caBundleSecretReferenceName.",
    },
  };
}
