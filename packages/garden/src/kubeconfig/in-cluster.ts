import { existsSync, readFileSync } from "node:fs";
import { isIPv6 } from "node:net";
import { join } from "node:path";
import { emptyKubeconfig, type Kubeconfig, noCluster, noUser } from "./kubeconfig.ts";
import type { Environment } from "./load-kubeconfig.ts";

/** Where a pod finds its service account. */
export const serviceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

/** The cluster whose pod we run in and our namespace there; undefined outside of one. */
export function inCluster(
  env: Environment,
  folder: string,
): { readonly config: Kubeconfig; readonly namespace: string } | undefined {
  const host = env["KUBERNETES_SERVICE_HOST"] ?? "";
  const port = env["KUBERNETES_SERVICE_PORT"] ?? "";
  const tokenFile = join(folder, "token");
  if (host === "" || port === "" || !existsSync(tokenFile)) return undefined;
  const authority = join(folder, "ca.crt");
  const cluster = {
    ...noCluster,
    server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    certificateAuthority: existsSync(authority) ? authority : "",
  };
  const name = "in-cluster";
  const config: Kubeconfig = {
    ...emptyKubeconfig,
    currentContext: name,
    clusters: new Map([[name, cluster]]),
    users: new Map([[name, { ...noUser, tokenFile }]]),
    contexts: new Map([[name, { cluster: name, user: name, namespace: "" }]]),
  };
  // A pod that tells itself its namespace is believed first. (client-go: tools/clientcmd/client_config.go)
  return { config, namespace: env["POD_NAMESPACE"] || namespaceIn(folder) };
}

function namespaceIn(folder: string): string {
  const file = join(folder, "namespace");
  return existsSync(file) ? readFileSync(file, "utf8").trim() : "";
}
