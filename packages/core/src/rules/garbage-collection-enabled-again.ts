import { toPreviousCache } from "../workspace/previous.ts";
import { ensurePath } from "../yaml/edit.ts";
import { firstByKey } from "./repeats.ts";
import type { Rule } from "./rule.ts";
import { verdict } from "./verdict.ts";

export const garbageCollectionEnabledAgain: Rule = {
  code: "RC124",
  name: "garbage-collection-enabled-again",
  severity: "error",
  mirrors: "pkg/apis/registry/validation/validation.go, distribution/distribution#4249",
  docs: {
    summary: "An update turns on a cache's garbage collection, which was off.",
    why: "What was cached without a ttl would never be removed, so the extension rejects the update. Remove the cache in one update and add it again in the next.",
  },
  example: {
    previous: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        extensions:
        - type: registry-cache
          providerConfig:
            apiVersion: registry.extensions.gardener.cloud/v1alpha3
            kind: RegistryConfig
            caches:
            - upstream: docker.io
              garbageCollection:
                ttl: 0s
    `,
    bad: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        extensions:
        - type: registry-cache
          providerConfig:
            apiVersion: registry.extensions.gardener.cloud/v1alpha3
            kind: RegistryConfig
            caches:
            - upstream: docker.io
              garbageCollection:
                ttl: 168h
      #              ^^^^ RC124
    `,
    good: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        extensions:
        - type: registry-cache
          providerConfig:
            apiVersion: registry.extensions.gardener.cloud/v1alpha3
            kind: RegistryConfig
            caches:
            - upstream: docker.io
              garbageCollection:
                ttl: 0s
    `,
  },

  needs: "previous",
  *checkShoot({ registryCache, text }, previous) {
    const before = firstByKey(previous?.caches ?? [], (it) => it.upstream);
    for (const cache of registryCache?.caches ?? []) {
      const { upstream, ttl } = toPreviousCache(cache);
      const old = before.get(upstream);
      if (old === undefined || old.ttl > 0n || ttl <= 0n) continue;
      const { node, garbageCollection, path, span } = cache;
      const edit = node.type === "map" ? ensurePath(text, node, ["garbageCollection", "ttl"], "0s") : undefined;
      yield {
        span: garbageCollection?.ttl?.span ?? garbageCollection?.keySpan ?? cache.upstream?.span ?? span,
        message: `garbage collection was off for "${upstream}" and cannot be turned on again; to have it, remove the cache in one update and add it again in the next, which loses its content`,
        fixes: edit ? [{ title: "Leave it off by a ttl of 0s", edits: [edit] }] : [],
        admission: verdict("registry-cache", "Invalid", `${path}.garbageCollection.ttl`),
      };
    }
  },
};
