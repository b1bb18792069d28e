import type { Credentials, RuntimeCache } from "../cache.ts";
import type { ServerCertificate } from "../gardener.ts";

/** How caches are put into a cluster that has no Gardener extension. */
export interface ClusterOptions {
  /** The namespace of the caches. What writes to nodes gets one of its own beside it. */
  readonly namespace: string;
  readonly image: string;
  /** The image of the DaemonSet that writes hosts.toml: any with a POSIX shell, nslookup and wget. */
  readonly nodeImage: string;
  /** Labels for every object. */
  readonly labels: { readonly [label: string]: string };
  /** Prometheus' operator is there, and is to read the metrics. */
  readonly serviceMonitor: boolean;
  /** The login of a private upstream; empty values leave them to be filled in. */
  readonly credentialsOf: (cache: RuntimeCache) => Credentials | undefined;
  /** The certificate of a cache with TLS and the CA that signed it. */
  readonly certificateOf: (cache: RuntimeCache) => ServerCertificate;
  /** The CA that nodes trust for caches with TLS, as PEM. */
  readonly certificateAuthority: string | undefined;
}

/** The label by which we know what is ours. */
const managedBy = { "app.kubernetes.io/managed-by": "kubectl-registry-cache" };

/** The namespace of what writes to nodes; pod security cannot be restricted there. */
export function nodeNamespace(namespace: string): string {
  return `${namespace}-nodes`;
}

/** What a cluster's caches are rendered with unless it is said otherwise. */
export const clusterDefaults: Pick<ClusterOptions, "namespace" | "image" | "nodeImage" | "labels"> = {
  namespace: "registry-cache",
  image: "docker.io/library/registry:3.1.1",
  nodeImage: "docker.io/library/busybox:1.37.0",
  labels: managedBy,
};
