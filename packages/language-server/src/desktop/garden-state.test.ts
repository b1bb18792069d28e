import type { CacheStatus } from "@registry-cache/core";
import { expect, test } from "vitest";
import { byShoot } from "./garden-state.ts";

function cache(namespace: string, shoot: string, upstream: string): CacheStatus {
  return { namespace, shoot, kind: "cache", upstream, rollOut: { done: true }, findings: [] };
}

test("caches are put together by Shoot, and Shoots of one name in two namespaces are two", () => {
  const [quay, ghcr, far] = [cache("a", "x", "quay.io"), cache("a", "x", "ghcr.io"), cache("b", "x", "quay.io")];
  expect(byShoot([quay, far, ghcr])).toEqual([
    { namespace: "a", name: "x", caches: [quay, ghcr] },
    { namespace: "b", name: "x", caches: [far] },
  ]);
});
