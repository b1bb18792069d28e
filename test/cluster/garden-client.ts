import { connectGarden, type GardenClient } from "@registry-cache/garden";
import type { Cluster } from "./cluster.ts";

/** A client for a cluster, as an administrator in a namespace. */
export function connectTo({ server, certificateAuthority, adminToken }: Cluster, namespace: string): GardenClient {
  const authority = Buffer.from(certificateAuthority).toString("base64");
  const kubeconfigText = JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "c",
    clusters: [{ name: "c", cluster: { server, "certificate-authority-data": authority } }],
    users: [{ name: "u", user: { token: adminToken } }],
    contexts: [{ name: "c", context: { cluster: "c", user: "u", namespace } }],
  });
  return connectGarden({ kubeconfigText, env: {} });
}
