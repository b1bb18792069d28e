import { group, list, table, text } from "./field.ts";
import type { Schema } from "./schema.ts";
import { addons } from "./shoot-addons.ts";
import { dns } from "./shoot-dns.ts";
import { kubernetes } from "./shoot-kubernetes.ts";
import { hibernation, maintenance, monitoring } from "./shoot-maintenance.ts";
import { metadata } from "./shoot-metadata.ts";
import { networking } from "./shoot-networking.ts";
import { controlPlane, seedSelector, systemComponents, tolerations } from "./shoot-placement.ts";
import { provider } from "./shoot-provider.ts";
import { extensions, resources } from "./shoot-resources.ts";
import { status } from "./shoot-status.ts";

const spec: Schema = group(
  "What the cluster should be.",
  {
    addons,
    cloudProfileName: text("The name of the CloudProfile.", {
      deprecated: "use cloudProfile",
      replacement: { field: "cloudProfile", as: "name", beside: { kind: "CloudProfile" } },
      until: "1.34",
      reference: "CloudProfile",
    }),
    dns,
    extensions,
    hibernation,
    kubernetes,
    networking,
    maintenance,
    monitoring,
    provider,
    purpose: text("What the cluster is for. It decides on monitoring and on how carefully Gardener treats it.", {
      enum: ["evaluation", "testing", "development", "production", "infrastructure"],
      default: "evaluation",
    }),
    region: text("The region of the infrastructure.", {
      immutable: "always",
      reference: "region of the CloudProfile",
    }),
    secretBindingName: text("The SecretBinding with the infrastructure's credentials.", {
      deprecated: "use credentialsBindingName",
      until: "1.34",
      immutable: "binding",
      reference: "SecretBinding",
    }),
    seedName: text("The seed that runs the control plane. The scheduler chooses one by itself.", {
      immutable: "seed",
      reference: "Seed",
    }),
    seedSelector,
    resources,
    tolerations,
    exposureClassName: text("How the API server is exposed, such as to a private network.", {
      reference: "ExposureClass",
    }),
    systemComponents,
    controlPlane,
    schedulerName: text("Who chooses the seed.", { default: "default-scheduler", immutable: "once-set" }),
    cloudProfile: group(
      "The CloudProfile, which says what the infrastructure offers.",
      {
        kind: text("Whether the profile is for all or for the project.", {
          enum: ["CloudProfile", "NamespacedCloudProfile"],
          default: "CloudProfile",
        }),
        name: text("The name of the profile.", { reference: "CloudProfile or NamespacedCloudProfile" }),
      },
      { required: ["name"] },
    ),
    credentialsBindingName: text("The CredentialsBinding with the infrastructure's credentials.", {
      immutable: "kept",
      reference: "CredentialsBinding",
    }),
    accessRestrictions: list(
      "Restrictions on who may reach the cluster's data, as the region offers them.",
      group(
        "A restriction of access.",
        {
          name: text("The name of the restriction."),
          options: table("Options of the restriction.", text("The value of an option.")),
        },
        { required: ["name"] },
      ),
    ),
  },
  { required: ["kubernetes", "provider", "region"] },
);

/** The schema of a Shoot of core.gardener.cloud/v1beta1. */
export const shootSchema: Schema = {
  type: "object",
  additionalProperties: false,
  properties: {
    apiVersion: text("Always core.gardener.cloud/v1beta1.", { enum: ["core.gardener.cloud/v1beta1"] }),
    kind: text("Always Shoot.", { enum: ["Shoot"] }),
    metadata,
    spec,
    status,
  },
};
