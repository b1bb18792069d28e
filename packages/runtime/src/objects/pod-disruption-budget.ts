import type { KubernetesObject } from "../kubernetes-object.ts";
import { type CacheParts, labelsOf, namespace } from "./part.ts";

/** The budget of a highly available cache: one pod may be away, and a broken one never blocks a drain. */
export function renderPodDisruptionBudget({ cache }: CacheParts): KubernetesObject | undefined {
  if (!cache.highAvailability) return undefined;
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: cache.names.resource, namespace, labels: labelsOf(cache) },
    spec: {
      maxUnavailable: 1,
      selector: { matchLabels: labelsOf(cache) },
      unhealthyPodEvictionPolicy: "AlwaysAllow",
    },
  };
}
