// What a script on the official client would do for `status -A`: unpaged lists, then the same judgement of each chain, and a table.
import { CoreV1Api, CustomObjectsApi, KubeConfig } from "@kubernetes/client-node";
import { cacheStatuses, chains, inspect, openWorkspace, readManifests, type SeenSecret } from "@registry-cache/core";

const [port = "", expected = "0"] = process.argv.slice(2);
const config = new KubeConfig();
config.loadFromOptions({
  clusters: [{ name: "bench", server: `http://127.0.0.1:${port}`, skipTLSVerify: true }],
  users: [{ name: "bench" }],
  contexts: [{ name: "bench", cluster: "bench", user: "bench" }],
  currentContext: "bench",
});
const shoots: { readonly items: readonly Shoot[] } = await config
  .makeApiClient(CustomObjectsApi)
  .listClusterCustomObject({ group: "core.gardener.cloud", version: "v1beta1", plural: "shoots" });
const secrets = await config.makeApiClient(CoreV1Api).listSecretForAllNamespaces();

interface Shoot {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly extensions: unknown; readonly resources: unknown };
}

const known = new Set(secrets.items.map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`));
const rows = shoots.items.flatMap((shoot) => {
  const { name, namespace } = shoot.metadata;
  const { extensions, resources } = shoot.spec;
  const text = JSON.stringify({
    apiVersion: "core.gardener.cloud/v1beta1",
    kind: "Shoot",
    metadata: { name, namespace },
    spec: { extensions, resources },
  });
  const [chain] = chains(openWorkspace([inspect(readManifests(name, text))], {}));
  const secretOf = (secret: string): SeenSecret =>
    known.has(`${namespace}/${secret}`) ? { state: "present", created: "" } : { state: "missing" };
  if (chain === undefined) return [];
  return cacheStatuses(shoot, chain, { now: Date.now(), secretOf }).map((it) => [
    it.namespace,
    it.shoot,
    it.upstream,
    it.reference ?? "<none>",
    it.secret?.name ?? "<none>",
    it.secret?.state ?? "<none>",
    it.rollOut.done ? "yes" : it.rollOut.why,
    it.findings.map(({ code }) => code).join(",") || "<none>",
  ]);
});
const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((it) => it[column]?.length ?? 0)));
console.log(rows.map((it) => it.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("   ")).join("\n"));
process.exitCode = shoots.items.length === Number(expected) ? 0 : 1;
