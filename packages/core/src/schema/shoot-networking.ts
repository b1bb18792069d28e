import { group, list, opaque, text } from "./field.ts";
import type { Schema } from "./schema.ts";

/** spec.networking */
export const networking: Schema = group(
  "The cluster's networks. A cluster without workers needs none.",
  {
    type: text("The network plugin.", {
      examples: ["calico", "cilium"],
      immutable: "always",
      reference: "Network extension",
    }),
    providerConfig: opaque("The network plugin's own configuration."),
    pods: text("The network that pods get their addresses from, in CIDR form. The seed may bring a default.", {
      format: "cidr",
      immutable: "once-set",
    }),
    nodes: text("The network of the nodes, in CIDR form; it must fit the provider's configuration.", {
      format: "cidr",
      immutable: "managed-seed",
    }),
    services: text("The network that Services get their addresses from, in CIDR form. The seed may bring a default.", {
      format: "cidr",
      immutable: "once-set",
    }),
    ipFamilies: list(
      "The families of IP addresses that the cluster uses.",
      text("A family of IP addresses.", { enum: ["IPv4", "IPv6"] }),
      { default: ["IPv4"], immutable: "ip-families" },
    ),
  },
  { immutable: "kept" },
);
