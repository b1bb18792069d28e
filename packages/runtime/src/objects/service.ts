import type { RuntimeCache } from "../cache.ts";
import type { KubernetesObject } from "../kubernetes-object.ts";
import { labelsOf, namespace } from "./part.ts";

/** The Service of a cache: the only object that is named after `serviceNameSuffix` (pkg/component/registrycacheservices). */
export function renderService(cache: RuntimeCache): KubernetesObject {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: {
      name: cache.names.service,
      namespace,
      labels: labelsOf(cache),
      annotations: { upstream: cache.upstream, "remote-url": cache.remoteUrl, scheme: cache.tls ? "https" : "http" },
    },
    spec: {
      type: "ClusterIP",
      selector: labelsOf(cache),
      ports: [
        { name: "registry-cache", port: 5000, protocol: "TCP", targetPort: "registry-cache" },
        { name: "debug", port: 5001, protocol: "TCP", targetPort: "debug" },
      ],
    },
  };
}
