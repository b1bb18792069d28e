/** A custom resource definition that takes any fields, as the server needs it to know a kind. */
function anyFields(group: string, version: string, kind: string): object {
  const plural = kind.endsWith("y") ? `${kind.toLowerCase().slice(0, -1)}ies` : `${kind.toLowerCase()}s`;
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    // Groups of Kubernetes' own domains want a link to who approved them; here nobody has to.
    metadata: { name: `${plural}.${group}`, annotations: { "api-approved.kubernetes.io": "unapproved, for tests" } },
    spec: {
      group,
      scope: "Namespaced",
      names: { kind, plural, singular: kind.toLowerCase() },
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  };
}

/** The kinds of autoscaling and monitoring that the runtime has beside Kubernetes' own. */
export const runtimeKinds: readonly object[] = [
  anyFields("autoscaling.k8s.io", "v1", "VerticalPodAutoscaler"),
  anyFields("monitoring.coreos.com", "v1", "PrometheusRule"),
  anyFields("monitoring.coreos.com", "v1", "ServiceMonitor"),
  anyFields("monitoring.coreos.com", "v1alpha1", "ScrapeConfig"),
];
