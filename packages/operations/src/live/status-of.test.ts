import type { ApiObject } from "@registry-cache/garden";
import { expect, test } from "vitest";
import { indexSecrets, type SecretMetadata } from "./secret-index.ts";
import { type ChainMemory, statusOf } from "./status-of.ts";

function shoot(namespace: string, name: string, secret: string): ApiObject {
  const caches = [
    { upstream: "docker.io", secretReferenceName: "docker" },
    { upstream: "quay.io", secretReferenceName: "nowhere" },
  ];
  const providerConfig = { apiVersion: "registry.extensions.gardener.cloud/v1alpha3", kind: "RegistryConfig", caches };
  const resourceRef = { apiVersion: "v1", kind: "Secret", name: secret };
  return {
    metadata: { name, namespace },
    spec: { extensions: [{ type: "registry-cache", providerConfig }], resources: [{ name: "docker", resourceRef }] },
  };
}

const metadata = { created: "2030-01-01T00:00:00Z", deleted: undefined, version: "1" };
const secrets = indexSecrets(
  new Map<string, SecretMetadata>([
    ["garden-a/there", metadata],
    ["garden-b/there", { ...metadata, deleted: "2030-01-02T00:00:00Z" }],
    ["garden-c/there", metadata],
  ]),
  (namespace) => namespace === "garden-hidden",
  [],
);

test("what is judged once for all Shoots alike says of each what it says when judged alone", () => {
  const namespaces = ["garden-a", "garden-b", "garden-c", "garden-hidden", "garden-a"];
  const shoots = namespaces.flatMap((it, at) => [shoot(it, `s${at}`, "there"), shoot(it, `t${at}`, "gone-v1")]);
  const memory: ChainMemory = new Map();
  const together = shoots.map((it) => statusOf(it, { secrets, now: 0, memory }));
  expect(together).toEqual(shoots.map((it) => statusOf(it, { secrets, now: 0 })));
  // Present, terminating, not to be seen; and missing or not to be seen under the other name.
  expect(memory.size).toBe(5);
  expect(JSON.stringify(together)).not.toContain("garden-of-this-shoot");
  const messages = together.map((it) => it.flatMap(({ findings }) => findings.map(({ message }) => message)).join());
  expect(messages[3]).toContain('does not exist in namespace "garden-b"');
  expect(messages[5]).toContain('does not exist in namespace "garden-c"');
});
