import { replaceScalar } from "../yaml/edit.ts";
import { fieldOf } from "../yaml/node.ts";
import type { Rule } from "./rule.ts";
import { verdict } from "./verdict.ts";

export const ttlNegative: Rule = {
  code: "RC107",
  name: "ttl-negative",
  severity: "error",
  mirrors: "pkg/apis/registry/validation/validation.go",
  docs: {
    summary: "The time for which a cache keeps images is negative.",
    why: "The extension rejects the Shoot. 0s turns garbage collection off, for as long as the cache exists.",
  },
  example: {
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
                ttl: -24h
      #              ^^^^ RC107
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
                ttl: 24h
    `,
  },

  needs: "garbageCollection",
  *checkShoot({ registryCache, text }) {
    for (const { garbageCollection } of registryCache?.caches ?? []) {
      const ttl = garbageCollection?.ttl;
      if (garbageCollection === undefined || ttl === undefined || ttl.nanoseconds >= 0n) continue;
      const node = fieldOf(garbageCollection.node, "ttl");
      const positive = ttl.text.slice(1);
      const fixes =
        node?.type === "scalar"
          ? [{ title: `Change to ${positive}`, edits: [replaceScalar(text, node, positive)] }]
          : [];
      yield {
        span: ttl.span,
        message: `the ttl "${ttl.text}" is negative`,
        fixes,
        admission: verdict("registry-cache", "Invalid", ttl.path),
      };
    }
  },
};
