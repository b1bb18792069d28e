import { expect, test } from "vitest";
import { conclude } from "../analyze/conclude.ts";
import { inspect } from "../analyze/inspect.ts";
import { readManifests } from "../manifest/manifest.ts";

const shoot = `
apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: { name: crazy-botany }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      kind: RegistryConfig
      caches: [{ upstream: docker.io, secretReferenceName: docker }]
  resources: [{ name: docker, resourceRef: { apiVersion: v1, kind: Secret, name: docker-v1 } }]
`;

const head = "apiVersion: v1\nkind: Secret\nmetadata: { name: docker-v1 }\n";

test.each([
  "stringData: { username: hunter2 x, password: 'hunter2 ' }",
  "stringData: { username: '@hunter2', password: \"hunter2\\a\" }",
  "stringData: { user: hunter2, pass: hunter2, email: hunter2 }",
  'stringData: { username: _json_key, password: \'{"type": 1, "private_key": "hunter2"\' }',
  'stringData: { username: _json_key, password: \'{"type": {"a": "hunter2"}}\' }',
  'stringData: { username: hunter2, password: \'{"auths": {"a": {"username": "hunter2", "password": "hunter2"}}}\' }',
  "data: { username: hunter2, password: [hunter2] }",
  "stringData: { username: { hunter2: hunter2 }, password: hunter2hunter2== }",
  "data: hunter2",
  "immutable: hunter2",
])("no finding on %s tells the value", (data) => {
  const reports = [inspect(readManifests("shoot.yaml", shoot)), inspect(readManifests("secret.yaml", head + data))];
  const findings = [...conclude(reports, { committed: new Set(["secret.yaml"]) }).values()].flat();
  expect(findings).not.toEqual([]);
  const texts = findings.flatMap((it) => [
    it.message,
    ...it.related.map((at) => at.message),
    ...it.fixes.map((fix) => fix.title),
  ]);
  expect(texts.filter((it) => it.includes("hunter2"))).toEqual([]);
});

test("a generator's literal that is no literal does not show as a key", () => {
  const generator = "kind: Kustomization\nsecretGenerator: [{ name: docker-v1, literals: [hunter2] }]\n";
  const reports = [
    inspect(readManifests("shoot.yaml", shoot)),
    inspect(readManifests("kustomization.yaml", generator)),
  ];
  const findings = conclude(reports).get("kustomization.yaml") ?? [];
  expect(findings.map((it) => it.message).filter((it) => it.includes("hunter2"))).toEqual([]);
});
