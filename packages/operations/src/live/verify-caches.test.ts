import { type ApiObject, connectGarden } from "@registry-cache/garden";
import { expect, test } from "vitest";
import { verifyCaches } from "./verify-caches.ts";

/** Nobody is there; whoever asks it gets an error. */
const cluster = connectGarden({
  kubeconfigText: JSON.stringify({
    "current-context": "x",
    clusters: [{ name: "x", cluster: { server: "http://127.0.0.1:1" } }],
    contexts: [{ name: "x", context: { cluster: "x" } }],
  }),
  env: {},
});

/** What is said of a Shoot, without a look into its cluster. */
async function verdict(raw: ApiObject | undefined): Promise<string> {
  const { verification } = await verifyCaches({
    shoot: "a",
    raw,
    to: "quay-v2",
    login: { username: "robot", password: "invented" },
    entries: [{ index: 0, name: "quay", secret: "quay-v2", users: ["cache quay.io"] }],
    before: undefined,
    cluster,
    role: "viewer",
    repositories: new Map(),
    limit: 10,
    signal: new AbortController().signal,
  });
  return "why" in verification ? `${verification.state}: ${verification.why}` : verification.state;
}

test("of a Shoot that was deleted meanwhile nothing is known", async () => {
  expect(await verdict(undefined)).toBe('unknown: there is no Shoot "a" any more');
});

test("caches that cannot be read are not said to work", async () => {
  const providerConfig = { apiVersion: "registry.extensions.gardener.cloud/v1alpha3", kind: "RegistryConfig" };
  const caches = [{ upstream: "quay.io", secretReferenceName: "quay", unheardOf: true }];
  const spec = { extensions: [{ type: "registry-cache", providerConfig: { ...providerConfig, caches } }] };
  expect(await verdict({ metadata: { name: "a", namespace: "garden-dev" }, spec })).toBe(
    "unknown: the extension cannot decode spec.extensions[0].providerConfig.caches[0].unheardOf",
  );
});
