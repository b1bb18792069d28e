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
    config: cluster.execConfig ?? null,
  };
}
