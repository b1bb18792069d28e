import type { KubernetesObject } from "../kubernetes-object.ts";
import { type CacheParts, namespace } from "./part.ts";

/** The autoscaler of a cache, where the Shoot has vertical pod autoscaling. */
export function renderVerticalPodAutoscaler({ cache }: CacheParts): KubernetesObject {
  return {
    apiVersion: "autoscaling.k8s.io/v1",
    kind: "VerticalPodAutoscaler",
    metadata: { name: cache.names.resource, namespace },
    spec: {
      targetRef: { apiVersion: "apps/v1", kind: "StatefulSet", name: cache.names.resource },
      updatePolicy: { updateMode: "InPlaceOrRecreate" },
      resourcePolicy: {
        containerPolicies: [
          { containerName: "registry-cache", controlledValues: "RequestsOnly", minAllowed: { memory: "20Mi" } },
          { containerName: "*", mode: "Off" },
        ],
      },
    },
  };
}
