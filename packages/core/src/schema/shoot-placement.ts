import { flag, group, list, table, text } from "./field.ts";
import type { Schema } from "./schema.ts";

/** spec.seedSelector */
export const seedSelector: Schema = group("Which seeds may run the control plane.", {
  matchLabels: table("Labels that the seed must have.", text("The value that the seed's label must have.")),
  matchExpressions: list(
    "Conditions on labels that the seed must meet.",
    group(
      "A condition on a label of the seed.",
      {
        key: text("The label's key."),
        operator: text("How the label is compared: In, NotIn, Exists or DoesNotExist."),
        values: list("The values for In and NotIn.", text("A value for In and NotIn.")),
      },
      { required: ["key", "operator"] },
    ),
  ),
  providerTypes: list(
    "Providers that the seed may have, * for any. Without it, it is the Shoot's own.",
    text("A provider that the seed may have."),
  ),
});

/** spec.tolerations */
export const tolerations: Schema = list(
  "Taints of seeds that the Shoot tolerates.",
  group(
    "A taint that is tolerated.",
    { key: text("The key of the seed's taint."), value: text("The value of the seed's taint.") },
    { required: ["key"] },
  ),
  { mergeKey: "key" },
);

/** spec.controlPlane */
export const controlPlane: Schema = group("Settings of the control plane.", {
  highAvailability: group(
    "What the control plane survives.",
    {
      failureTolerance: group(
        "What may fail without the control plane failing.",
        {
          type: text("What may fail: a node, or a whole zone. It costs replicas of every component.", {
            enum: ["node", "zone"],
            immutable: "scheduled",
          }),
        },
        { required: ["type"] },
      ),
    },
    { required: ["failureTolerance"] },
  ),
  zones: list(
    "The zones of the seed that the control plane runs in. Gardener chooses them by itself.",
    text("A zone of the seed."),
    { immutable: "zones-added" },
  ),
});

/** spec.systemComponents */
export const systemComponents: Schema = group("Settings of components that Gardener runs in the cluster.", {
  coreDNS: group("Settings of CoreDNS.", {
    autoscaling: group(
      "How CoreDNS is scaled.",
      {
        mode: text("By its load, or by the size of the cluster.", {
          enum: ["horizontal", "cluster-proportional"],
          default: "horizontal",
        }),
      },
      { required: ["mode"] },
    ),
    rewriting: group("Shortcuts in the resolution of names, which save queries.", {
      commonSuffixes: list(
        "Suffixes of names outside the cluster for which no search domain is tried.",
        text("A suffix that starts with a dot, or has a dot in it."),
      ),
    }),
  }),
  nodeLocalDNS: group(
    "A cache for DNS on each node.",
    {
      enabled: flag("Runs the DNS cache on each node."),
      forceTCPToClusterDNS: flag("The DNS cache asks CoreDNS by TCP. It does so where nothing is said."),
      forceTCPToUpstreamDNS: flag("The DNS cache asks servers outside by TCP. It does so where nothing is said."),
      disableForwardToUpstreamDNS: flag("The DNS cache asks only CoreDNS, also for names outside the cluster."),
    },
    { required: ["enabled"] },
  ),
});
