import { expect, test } from "vitest";
import { readLiveChain } from "./live-chain.ts";
import { probeSteps } from "./probe-steps.ts";

const entry = (name: string, secret: string, kind = "Secret"): object => {
  return { name, resourceRef: { apiVersion: "v1", kind, name: secret } };
};

function shoot(spec: object = {}): unknown {
  const caches = [
    { upstream: "quay.io", secretReferenceName: "quay" },
    { upstream: "docker.io" },
    { upstream: "ghcr.io", secretReferenceName: "map" },
  ];
  const mirrors = [{ upstream: "gcr.io", hosts: [{ caBundleSecretReferenceName: "ca" }, {}] }];
  return {
    metadata: { namespace: "garden-dev", name: "a" },
    spec: {
      extensions: [
        { type: "other" },
        { type: "registry-mirror", providerConfig: { mirrors } },
        { type: "registry-cache", providerConfig: { caches } },
      ],
      resources: [entry("quay", "quay-v1"), entry("ca", "ca-v1"), entry("map", "m", "ConfigMap")],
      ...spec,
    },
  };
}

const where = { namespace: "garden-dev", shoot: "a" };

test("a chain is what caches and mirrors use, as far as it is whole", () => {
  expect(readLiveChain(shoot())).toEqual({
    extension: 2,
    caches: [
      { upstream: "quay.io", reference: "quay" },
      { upstream: "docker.io", reference: "" },
      { upstream: "ghcr.io", reference: "map" },
    ],
    uses: [
      { ...where, purpose: "credentials", upstream: "quay.io", secret: "quay-v1" },
      { ...where, purpose: "ca-bundle", upstream: "gcr.io", secret: "ca-v1" },
    ],
  });
});

test("a disabled extension uses nothing", () => {
  const extensions = [
    { type: "registry-cache", disabled: true, providerConfig: { caches: [{ upstream: "quay.io" }] } },
  ];
  expect(readLiveChain(shoot({ extensions }))).toEqual({ extension: -1, caches: [], uses: [] });
});

const path = "/spec/extensions/2/providerConfig/caches";

test("a probe adds an entry for each Secret and points the cache at it", () => {
  expect(probeSteps(shoot())).toEqual([
    { op: "test", path: `${path}/0/upstream`, value: "quay.io" },
    { op: "add", path: "/spec/resources/-", value: entry("probe-0", "quay-v1") },
    { op: "replace", path: `${path}/0/secretReferenceName`, value: "probe-0" },
  ]);
});

test("a probe may try other Secrets, also for a cache that has none", () => {
  const resources = [entry("quay", "quay-v1"), entry("probe-0", "x")];
  expect(probeSteps(shoot({ resources }), { "quay.io": "quay-v2", "docker.io": "hub-v1", "gone.io": "y" })).toEqual([
    { op: "test", path: `${path}/0/upstream`, value: "quay.io" },
    { op: "add", path: "/spec/resources/-", value: entry("probe-0-x", "quay-v2") },
    { op: "replace", path: `${path}/0/secretReferenceName`, value: "probe-0-x" },
    { op: "test", path: `${path}/1/upstream`, value: "docker.io" },
    { op: "add", path: "/spec/resources/-", value: entry("probe-1", "hub-v1") },
    { op: "add", path: `${path}/1/secretReferenceName`, value: "probe-1" },
  ]);
});

test("a probe makes the list of resources where there is none", () => {
  expect(probeSteps(shoot({ resources: undefined }), { "docker.io": "hub-v1" })?.[0]).toEqual({
    op: "add",
    path: "/spec/resources",
    value: [],
  });
});

test.each([{}, null, { spec: { extensions: [] } }, shoot({ resources: [] })])("there is nothing to try in %j", (it) => {
  expect(probeSteps(it)).toBeUndefined();
});
