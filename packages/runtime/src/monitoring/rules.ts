import type { Json, KubernetesObject } from "../kubernetes-object.ts";

/** The alerts and recording rules of a Shoot's caches, for the Prometheus in its seed namespace. */
export function renderPrometheusRule(namespace: string): KubernetesObject {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: "shoot-registry-cache", namespace, labels: { prometheus: "shoot", component: "registry-cache" } },
    spec: { groups: [{ name: "registry-cache.rules", rules: [...alerts, ...records] }] },
  };
}

const claims = '{persistentvolumeclaim=~"^cache-volume-registry-.+$"}';
const free = `100 * (kubelet_volume_stats_available_bytes${claims} / kubelet_volume_stats_capacity_bytes${claims})`;
const trend = `predict_linear(kubelet_volume_stats_available_bytes${claims}[30m], 4 * 24 * 3600)`;

const alerts = [
  {
    alert: "RegistryCachePersistentVolumeUsageCritical",
    expr: `${free} < 5`,
    for: "1h",
    labels: alertLabels(),
    annotations: {
      summary: "The volume of a registry cache is almost full.",
      description:
        'Only {{ printf "%0.2f" $value }}% of {{ $labels.persistentvolumeclaim }} is free. ' +
        "A full cache keeps no new image; pulls still work, from the upstream.",
    },
  },
  {
    alert: "RegistryCachePersistentVolumeFullInFourDays",
    expr: `${free} < 15 and ${trend} <= 0`,
    for: "1h",
    labels: alertLabels(),
    annotations: {
      summary: "The volume of a registry cache will be full in four days.",
      description:
        'By its growth in the last half hour {{ $labels.persistentvolumeclaim }}, of which {{ printf "%0.2f" $value }}% ' +
        "is free, will be full in four days.",
    },
  },
];

// Gardener passes on what is called shoot:*:* to the Prometheus of the garden.
const records = ["pushed", "pulled"].map((direction) => ({
  record: `shoot:registry_proxy_${direction}_bytes_total:sum`,
  expr: `sum by (upstream_host) (rate(registry_proxy_${direction}_bytes_total[5m]))`,
}));

function alertLabels(): Json {
  return { service: "registry-cache-extension", severity: "warning", type: "shoot", visibility: "owner" };
}
