import { expect, test } from "vitest";
import type { ShootChain, UpstreamChain } from "../workspace/chain.ts";
import { cacheStatuses, type SeenSecret, secretsOf } from "./cache-status.ts";

const link = { health: "ok", findings: [] } as const;
const finding = (code: string) => ({ code, severity: "error", message: code }) as const;

const cache = (upstream: string, secret: string): UpstreamChain => ({
  ...link,
  kind: "cache",
  label: upstream,
  reference: { ...link, label: "quay", findings: [finding("RC201")], secret: { ...link, label: secret } },
});

function statuses(shoot: object, uses: readonly UpstreamChain[], seen: SeenSecret = { state: "missing" }): unknown {
  const chain: ShootChain = { ...link, label: "a", uses };
  const metadata = { namespace: "garden-dev", name: "a" };
  const now = Date.parse("2030-01-01T12:00:00Z");
  return cacheStatuses({ metadata, ...shoot }, chain, { now, secretOf: () => seen });
}

const lastOperation = { type: "Reconcile", state: "Succeeded", lastUpdateTime: "2030-01-01T00:00:00Z" };
const common = { namespace: "garden-dev", shoot: "a", kind: "cache" };

test("a cache has every link of its chain and the findings of all of them", () => {
  const seen = { state: "present", created: "2030-01-01T00:00:00Z" } as const;
  expect(statuses({ status: { lastOperation } }, [cache("quay.io", "quay-v12")], seen)).toEqual([
    {
      ...common,
      upstream: "quay.io",
      reference: "quay",
      secret: { name: "quay-v12", version: "v12", ...seen },
      rollOut: { done: true },
      findings: [finding("RC201")],
    },
  ]);
});

test("a cache without credentials has no Secret", () => {
  expect(statuses({ status: { lastOperation } }, [{ ...link, kind: "mirror", label: "docker.io" }])).toEqual([
    { ...common, kind: "mirror", upstream: "docker.io", rollOut: { done: true }, findings: [] },
  ]);
});

test("what waits for the maintenance window says when that is", () => {
  const managedFields = [{ time: "2030-01-01T06:00:00Z", fieldsV1: { "f:spec": { "f:resources": {} } } }];
  const timeWindow = { begin: "220000+0000", end: "230000+0000" };
  const shoot = {
    metadata: { namespace: "garden-dev", name: "a", managedFields },
    spec: { maintenance: { confineSpecUpdateRollout: true, timeWindow } },
    status: { lastOperation },
  };
  expect(statuses(shoot, [{ ...link, kind: "cache", label: "docker.io" }])).toEqual([
    {
      ...common,
      upstream: "docker.io",
      rollOut: { done: false, stuck: true, why: "confined" },
      reason: "the change waits for the maintenance window",
      window: { from: Date.parse("2030-01-01T22:00:00Z"), to: Date.parse("2030-01-01T22:45:00Z") },
      findings: [],
    },
  ]);
});

test.each([
  ["quay-v2", "v2"],
  ["quay-2030-01-31", "2030-01-31"],
  ["quay-07", "07"],
  ["quay", undefined],
])("the version of %s is %s", (name, version) => {
  expect(statuses({}, [cache("quay.io", name)])).toMatchObject([
    { secret: version === undefined ? { name, state: "missing" } : { name, version, state: "missing" } },
  ]);
});

test("the Secrets of a Shoot are those of its entries, each once", () => {
  const entry = (kind: string, name: string): object => ({ resourceRef: { kind, name } });
  const resources = [entry("Secret", "a"), entry("ConfigMap", "b"), entry("Secret", "a"), entry("Secret", ""), null];
  expect(secretsOf({ spec: { resources } })).toEqual(["a"]);
});
