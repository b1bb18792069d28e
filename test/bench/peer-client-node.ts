// The usual way to read a garden: the official client, with its unpaged lists.
import { CoreV1Api, CustomObjectsApi, KubeConfig } from "@kubernetes/client-node";

const [port = "", expected = "0"] = process.argv.slice(2);
const config = new KubeConfig();
config.loadFromOptions({
  // The client takes an http:// server only so.
  clusters: [{ name: "bench", server: `http://127.0.0.1:${port}`, skipTLSVerify: true }],
  users: [{ name: "bench" }],
  contexts: [{ name: "bench", cluster: "bench", user: "bench" }],
  currentContext: "bench",
});
const shoots = await config
  .makeApiClient(CustomObjectsApi)
  .listClusterCustomObject({ group: "core.gardener.cloud", version: "v1beta1", plural: "shoots" });
const secrets = await config.makeApiClient(CoreV1Api).listSecretForAllNamespaces();
process.exitCode = shoots.items.length === Number(expected) && secrets.items.length === Number(expected) ? 0 : 1;
