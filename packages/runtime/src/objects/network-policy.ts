import type { KubernetesObject } from "../kubernetes-object.ts";
import { namespace } from "./part.ts";

/** The one policy of a Shoot that lets nodes and Prometheus reach its caches. */
export function renderNetworkPolicy(): KubernetesObject {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: {
      name: "gardener.cloud--allow-registry-cache",
      namespace,
      annotations: { "gardener.cloud/description": "Lets everything reach the registry caches on their two ports." },
    },
    spec: {
      podSelector: { matchLabels: { "app.kubernetes.io/name": "registry-cache" } },
      policyTypes: ["Ingress"],
      ingress: [
        {
          ports: [
            { protocol: "TCP", port: 5000 },
            { protocol: "TCP", port: 5001 },
          ],
        },
      ],
    },
  };
}
