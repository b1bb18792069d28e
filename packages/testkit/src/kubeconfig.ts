import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ApiServer } from "./api-server/api-server.ts";

/** What a kubeconfig for a server says. */
export interface KubeconfigRequest {
  /** The fields of the user; the token of an administrator unless told. */
  readonly user?: object;
  /** More fields of the cluster, or others instead. */
  readonly cluster?: object;
  readonly namespace?: string;
}

/** The text of a kubeconfig for a server, with the context `test`. It is JSON, which is YAML, too. */
export function kubeconfigFor(server: Pick<ApiServer, "url" | "authority">, request: KubeconfigRequest = {}): string {
  const { user = { token: "admin" }, cluster = {}, namespace } = request;
  const authority = Buffer.from(server.authority.certificate).toString("base64");
  const trust = server.url.startsWith("https:") ? { "certificate-authority-data": authority } : {};
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "test",
    clusters: [{ name: "test", cluster: { server: server.url, ...trust, ...cluster } }],
    users: [{ name: "test", user }],
    contexts: [{ name: "test", context: { cluster: "test", user: "test", ...(namespace && { namespace }) } }],
  });
}

/** Writes a kubeconfig for a server to a folder and gives its path. */
export function writeKubeconfig(
  folder: string,
  server: Pick<ApiServer, "url" | "authority">,
  request: KubeconfigRequest = {},
): string {
  const path = join(folder, "kubeconfig.yaml");
  writeFileSync(path, kubeconfigFor(server, request));
  return path;
}
