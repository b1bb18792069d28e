import type { KubernetesObject } from "../kubernetes-object.ts";

const apiServer = "kube-apiserver:443";
const token = { credentials: { name: "shoot-access-prometheus-shoot", key: "token" } };
// The certificates that are met on this way are made for other names.
const anyCertificate = { insecureSkipVerify: true };

/** How the Prometheus in a Shoot's seed namespace reads the caches' metrics: through the Shoot's API server. */
export function renderScrapeConfig(namespace: string): KubernetesObject {
  return {
    apiVersion: "monitoring.coreos.com/v1alpha1",
    kind: "ScrapeConfig",
    metadata: { name: "shoot-registry-cache", namespace, labels: { prometheus: "shoot", component: "registry-cache" } },
    spec: {
      honorLabels: false,
      scrapeTimeout: "10s",
      scheme: "HTTPS",
      tlsConfig: anyCertificate,
      authorization: token,
      kubernetesSDConfigs: [
        {
          apiServer: `https://${apiServer}`,
          role: "Endpoints",
          namespaces: { names: ["kube-system"] },
          authorization: token,
          tlsConfig: anyCertificate,
          followRedirects: true,
        },
      ],
      relabelings: [
        { action: "replace", replacement: "registry-cache-metrics", targetLabel: "job" },
        {
          action: "keep",
          sourceLabels: ["__meta_kubernetes_pod_label_upstream_host", "__meta_kubernetes_pod_container_port_name"],
          regex: "(.+);debug",
        },
        { action: "labelmap", regex: "__meta_kubernetes_pod_label_(.+)" },
        { action: "replace", replacement: apiServer, targetLabel: "__address__" },
        {
          action: "replace",
          sourceLabels: ["__meta_kubernetes_pod_name", "__meta_kubernetes_pod_container_port_number"],
          regex: "(.+);(.+)",
          // biome-ignore lint/suspicious/noTemplateCurlyInString: Prometheus puts the groups of the expression in.
          replacement: "/api/v1/namespaces/kube-system/pods/${1}:${2}/proxy/metrics",
          targetLabel: "__metrics_path__",
        },
      ],
      metricRelabelings: [{ action: "keep", sourceLabels: ["__name__"], regex: "^(registry_proxy_.+)$" }],
    },
  };
}
