import type { PlainValue } from "@registry-cache/core";
import type { Access } from "../kubeconfig/access.ts";
import type { ExecConfig } from "../kubeconfig/kubeconfig.ts";

/** The text of KUBERNETES_EXEC_INFO, with the fields in the order in which kubectl writes them. */
export function execInfo(exec: ExecConfig, access: Access, interactive: boolean): string {
  const spec = exec.provideClusterInfo ? { cluster: clusterInfo(access), interactive } : { interactive };
  return `${JSON.stringify({ kind: "ExecCredential", apiVersion: exec.apiVersion, spec })}\n`;
}

function clusterInfo({ cluster, authorities }: Access): object {
  return {
    server: cluster.server,
    ...(cluster.tlsServerName !== "" && { "tls-server-name": cluster.tlsServerName }),
    ...(cluster.insecureSkipTlsVerify && { "insecure-skip-tls-verify": true }),
    ...(authorities && { "certificate-authority-data": Buffer.from(authorities, "latin1").toString("base64") }),
    ...(cluster.proxyUrl !== "" && { "proxy-url": cluster.proxyUrl }),
    ...(cluster.disableCompression && { "disable-compression": true }),
    config: sorted(cluster.execConfig ?? null),
  };
}

/** Go writes the names of a map in their order. */
function sorted(value: PlainValue): PlainValue {
  if (isList(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, it]) => [name, sorted(it)]));
}

function isList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}
