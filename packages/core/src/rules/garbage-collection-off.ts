import { setEntry } from "../yaml/edit.ts";
import { fieldOf, type Node } from "../yaml/node.ts";
import { fieldRemoval } from "./removal-fixes.ts";
import { firstByKey } from "./repeats.ts";
import type { DraftFix, Rule } from "./rule.ts";

export const garbageCollectionOff: Rule = {
  code: "RC112",
  name: "garbage-collection-off",
  severity: "warning",
  mirrors: "pkg/apis/registry/v1alpha3/defaults.go, distribution/distribution#4249",
  docs: {
    summary: "garbageCollection is written without a ttl, which turns garbage collection off.",
    why: "The default of 168h comes only with the whole object left out; inside it, a missing ttl is 0s. Once it is off, admission never lets it be turned on again for this cache.",
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
              garbageCollection: {}
      #       ^^^^^^^^^^^^^^^^^ RC112
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
    `,
  },

  needs: "garbageCollection",
  *checkShoot({ registryCache, text }, previous) {
    const before = firstByKey(previous?.caches ?? [], (it) => it.upstream);
    for (const { garbageCollection, node, upstream } of registryCache?.caches ?? []) {
      if (garbageCollection === undefined || fieldOf(garbageCollection.node, "ttl") !== undefined) continue;
      // The switch of v1alpha2, which migrates to a ttl.
      if (fieldOf(garbageCollection.node, "enabled") !== undefined) continue;
      const isOff = (before.get(upstream?.value ?? "")?.ttl ?? 1n) <= 0n;
      const removal = fieldRemoval(text, node, "garbageCollection", {
        title: "Remove garbageCollection, so that the ttl is 168h",
      });
      const statement = offStatement(text, garbageCollection.node);
      // Where it is off already, admission would refuse to turn it on.
      const fixes = isOff ? statement : [...removal, ...statement];
      yield {
        span: garbageCollection.keySpan,
        message: "garbageCollection without a ttl turns garbage collection off for good",
        fixes,
      };
    }
  },
};

function offStatement(text: string, settings: Node): readonly DraftFix[] {
  return settings.type === "map"
    ? [{ title: "Say that it is off by a ttl of 0s", edits: [setEntry(text, settings, "ttl", "0s")] }]
    : [];
}
