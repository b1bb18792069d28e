import type { Json, KubernetesObject } from "../kubernetes-object.ts";

/** The dashboard of a Shoot's caches as a ConfigMap. The panels are our own; name, labels, key and uid are the extension's. */
export function renderDashboard(namespace: string): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name: "registry-cache-dashboards",
      namespace,
      labels: { "dashboard.monitoring.gardener.cloud/shoot": "true", component: "registry-cache" },
    },
    data: { "registry-cache.dashboard.json": `${JSON.stringify(dashboard, undefined, 2)}\n` },
  };
}

const host = '{upstream_host=~"$upstream_host"}';

function rate(metric: string): string {
  return `sum by (upstream_host) (rate(registry_proxy_${metric}_total${host}[$__rate_interval]))`;
}

const panels = [
  panel({ title: "Hit ratio", unit: "percentunit", expr: `${rate("hits")} / ${rate("requests")}` }),
  panel({ title: "Requests", unit: "reqps", expr: rate("requests") }),
  panel({ title: "Fetched from upstreams", unit: "Bps", expr: rate("pulled_bytes") }),
  panel({ title: "Served to nodes", unit: "Bps", expr: rate("pushed_bytes") }),
  panel({
    title: "Free space of volumes",
    unit: "percentunit",
    expr:
      'kubelet_volume_stats_available_bytes{persistentvolumeclaim=~"cache-volume-registry-.+"} / ' +
      'kubelet_volume_stats_capacity_bytes{persistentvolumeclaim=~"cache-volume-registry-.+"}',
    legend: "{{persistentvolumeclaim}}",
  }),
];

const dashboard = {
  uid: "extension-extension-registry-cache",
  title: "Registry Caches",
  editable: true,
  refresh: "1m",
  schemaVersion: 27,
  time: { from: "now-1h", to: "now" },
  templating: {
    list: [
      {
        name: "upstream_host",
        type: "query",
        datasource: "prometheus",
        query: "label_values(registry_proxy_requests_total, upstream_host)",
        includeAll: true,
        multi: true,
        current: { text: "All", value: "$__all" },
        refresh: 2,
      },
    ],
  },
  panels: panels.map((it, index) => ({
    ...it,
    id: index + 1,
    gridPos: { h: 8, w: 12, x: (index % 2) * 12, y: 8 * Math.floor(index / 2) },
  })),
};

interface PanelQuery {
  readonly title: string;
  readonly unit: string;
  readonly expr: string;
  readonly legend?: string;
}

function panel({ title, unit, expr, legend = "{{upstream_host}}" }: PanelQuery): { readonly [field: string]: Json } {
  return {
    title,
    type: "timeseries",
    datasource: "prometheus",
    fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
    targets: [{ refId: "A", expr, legendFormat: legend }],
  };
}
