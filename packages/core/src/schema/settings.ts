import type { Schema } from "./schema.ts";

const codes = "Codes such as RC204, names such as tls-off, or beginnings of codes such as RC2.";

/** The schema of our own settings file, `.registry-cache.yaml`. */
export const settingsSchema: Schema = {
  type: "object",
  additionalProperties: false,
  properties: {
    severities: {
      type: "object",
      description: `How severe findings are, by code, name or beginning of a code; the longest counts. Write off for those that should not be told.`,
      additionalProperties: { enum: ["error", "warning", "info", "off"] },
    },
    ignores: {
      type: "array",
      description: "Findings that are not told for some files.",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["paths"],
        properties: {
          paths: {
            type: "array",
            description:
              "Path patterns as in .gitignore, from the folder of this file: * and ? within a name, ** across folders.",
            items: { type: "string" },
          },
          codes: {
            type: "array",
            description: `${codes} Without them everything is ignored.`,
            items: { type: "string" },
          },
        },
      },
    },
    policies: {
      type: "object",
      description: "What your own rules ask of Shoots and Secrets.",
      additionalProperties: false,
      properties: {
        secretNames: {
          type: "string",
          description: "How Secrets with credentials are called: {name} stands for any name, {n} for a version number.",
          examples: ["ro-{name}-v{n}"],
        },
        requiredCredentials: {
          type: "array",
          description: "The upstreams whose caches must have credentials. A * stands for any characters.",
          items: { type: "string" },
        },
        allowedUpstreams: {
          type: "array",
          description: "The only upstreams that may be cached. A * stands for any characters.",
          items: { type: "string" },
        },
        maximumVolumeSize: {
          type: "string",
          format: "quantity",
          description: "The largest disk that a cache may have.",
          examples: ["100Gi"],
        },
      },
    },
  },
};
