import type { KubernetesObject } from "../kubernetes-object.ts";
import type { ClusterOptions } from "./options.ts";

const pods = { "app.kubernetes.io/name": "registry-cache" };

/** Lets nodes reach the caches, and within the cluster whoever reads metrics. */
export function renderClusterNetworkPolicy({ namespace, labels }: ClusterOptions): KubernetesObject {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "registry-caches", namespace, labels },
    spec: {
      podSelector: { matchLabels: pods },
      policyTypes: ["Ingress"],
      ingress: [
        { ports: [{ protocol: "TCP", port: 5000 }] },
        { from: [{ namespaceSelector: {} }], ports: [{ protocol: "TCP", port: 5001 }] },
      ],
    },
  };
}

/** How the operator of Prometheus finds the metrics of all caches. */
export function renderServiceMonitor({ namespace, labels }: ClusterOptions): KubernetesObject {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "ServiceMonitor",
    metadata: { name: "registry-caches", namespace, labels },
    spec: {
      selector: { matchExpressions: [{ key: "upstream-host", operator: "Exists" }] },
      endpoints: [
        {
          port: "debug",
          path: "/metrics",
          metricRelabelings: [{ action: "keep", sourceLabels: ["__name__"], regex: "registry_proxy_.+" }],
        },
      ],
    },
  };
}
