import { expect, test } from "vitest";
import { type CacheValues, toRuntimeCache } from "./cache.ts";
import { type CacheChange, type CacheState, compareCaches } from "./changes.ts";

function state(values: Partial<CacheValues> = {}, rest: Omit<CacheState, "cache"> = {}): CacheState {
  return { cache: toRuntimeCache({ upstream: "docker.io", ...values }), ...rest };
}

const kept: Omit<CacheChange, "kind" | "reasons"> = {
  upstream: "docker.io",
  restarts: false,
  volume: "kept",
  nodes: "kept",
  refused: [],
};
const restarted = { ...kept, restarts: true };
const moved = { ...restarted, nodes: "rewritten" };
const resize = (what: string): string =>
  `the ${what} of a volume is immutable; to change it, remove the cache and add it again in a second update`;

test.each<[string, CacheState, CacheState, object]>([
  ["nothing", state(), state(), { ...kept, kind: "unchanged", reasons: [] }],
  [
    "the ttl",
    state(),
    state({ ttl: "336h0m0s" }),
    { ...restarted, kind: "changed", reasons: ["garbageCollection.ttl is 336h0m0s, it was 168h0m0s"] },
  ],
  ["TLS", state(), state({ tls: false }), { ...moved, kind: "changed", reasons: ["http.tls is false, it was true"] }],
  [
    "the remote URL",
    state(),
    state({ remoteUrl: "https://mirror.gcr.io" }),
    {
      ...moved,
      kind: "changed",
      reasons: ["remoteURL is https://mirror.gcr.io, it was https://registry-1.docker.io"],
    },
  ],
  [
    "a proxy",
    state(),
    state({ httpsProxy: "http://proxy:3128" }),
    { ...restarted, kind: "changed", reasons: ["proxy.httpsProxy is http://proxy:3128, it was not set"] },
  ],
  [
    "the Service's name",
    state(),
    state({ serviceNameSuffix: "hub" }),
    { ...moved, kind: "changed", reasons: ["the Service is registry-hub, it was registry-docker-io"] },
  ],
  [
    "the number of replicas",
    state(),
    state({ highAvailability: true }),
    { ...restarted, kind: "changed", reasons: ["highAvailability.enabled is true, it was false"] },
  ],
  [
    "the size",
    state(),
    state({ size: "20Gi" }),
    { ...kept, kind: "changed", reasons: ["volume.size is 20Gi, it was 10Gi"], refused: [resize("size")] },
  ],
  [
    "the storage class",
    state({ storageClassName: "slow" }),
    state(),
    {
      ...kept,
      kind: "changed",
      reasons: ["volume.storageClassName is not set, it was slow"],
      refused: [resize("storage class")],
    },
  ],
  [
    "the Secret",
    state({}, { secretName: "hub-v1" }),
    state({}, { secretName: "hub-v2" }),
    { ...restarted, kind: "changed", reasons: ['the login comes from Secret "hub-v2", it came from Secret "hub-v1"'] },
  ],
  [
    "the Secret, whose login is the same,",
    state({}, { secretName: "hub-v1", credentials: { username: "u", password: "p" } }),
    state({}, { secretName: "hub-v2", credentials: { username: "u", password: "p" } }),
    { ...kept, kind: "unchanged", reasons: [] },
  ],
])("changing %s does just that", (_, old, now, expected) => {
  expect(compareCaches([old], [now])).toEqual([expected]);
});

test("a cache with another upstream is another cache", () => {
  expect(compareCaches([state()], [state({ upstream: "quay.io" })])).toEqual([
    { ...kept, upstream: "quay.io", kind: "added", volume: "new", nodes: "new", reasons: ["the cache is new"] },
    {
      ...kept,
      kind: "removed",
      volume: "lost",
      nodes: "removed",
      reasons: ["the cache is gone, and its volume with it"],
    },
  ]);
});
