import { flag, group, list, table, text } from "./field.ts";
import type { Schema } from "./schema.ts";

/** spec.addons */
export const addons: Schema = group(
  "Add-ons that Gardener installs into clusters for evaluation.",
  {
    kubernetesDashboard: group(
      "The Kubernetes dashboard in the cluster.",
      {
        enabled: flag("Installs the Kubernetes dashboard."),
        authenticationMode: text("How users log in to the dashboard.", { enum: ["token"], default: "token" }),
      },
      { required: ["enabled"] },
    ),
    nginxIngress: group(
      "An ingress controller based on nginx.",
      {
        enabled: flag("Installs the ingress controller."),
        loadBalancerSourceRanges: list(
          "The networks that may reach the ingress controller's load balancer.",
          text("A network that may reach the load balancer, in CIDR form."),
        ),
        config: table("Settings of nginx, as in its ConfigMap.", text("The value of a setting of nginx.")),
        externalTrafficPolicy: text(
          "Whether the load balancer sends traffic to all nodes, or with Local only to those that run the controller.",
          { enum: ["Cluster", "Local"], default: "Cluster" },
        ),
      },
      { required: ["enabled"] },
    ),
  },
  { deprecated: "install them in the cluster yourself", until: "1.35" },
);
