import { compareQuantities } from "../formats/quantity.ts";
import type { Cache } from "../manifest/registry-config.ts";
import type { Span } from "../text/span.ts";
import { toPreviousCache } from "../workspace/previous.ts";
import { ensurePath } from "../yaml/edit.ts";
import { entryOf } from "../yaml/node.ts";
import { fieldRemoval } from "./removal-fixes.ts";
import { firstByKey } from "./repeats.ts";
import type { DraftFix, Rule, ShootDraft } from "./rule.ts";
import { verdict } from "./verdict.ts";

export const volumeImmutable: Rule = {
  code: "RC123",
  name: "volume-immutable",
  severity: "error",
  mirrors: "pkg/apis/registry/validation/validation.go",
  docs: {
    summary: "The size or the StorageClass of a cache's disk changes in an update.",
    why: "Both are immutable, and the extension rejects the update. Remove the cache in one update and add it again in the next: the new disk is empty, and fills again with what is pulled.",
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
              volume:
                size: 10Gi
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
              volume:
                size: 20Gi
      #               ^^^^ RC123
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
              volume:
                size: 10Gi
    `,
  },

  needs: "previous",
  *checkShoot({ registryCache, text }, previous) {
    const before = firstByKey(previous?.caches ?? [], (it) => it.upstream);
    for (const cache of registryCache?.caches ?? []) {
      const now = toPreviousCache(cache);
      const old = before.get(now.upstream);
      if (old === undefined) continue;
      const { path, upstream } = cache;
      const place = { cache, text, upstream: upstream?.value ?? "" };
      if (compareQuantities(old.size, now.size) !== 0)
        yield changed({ ...place, field: "size", path, was: old.sizeText });
      if (old.storageClassName !== now.storageClassName)
        yield changed({ ...place, field: "storageClassName", path, was: old.storageClassName });
    }
  },
};

interface Change {
  readonly cache: Cache;
  readonly text: string;
  readonly upstream: string;
  readonly field: "size" | "storageClassName";
  readonly path: string;
  /** What was written before; undefined when nothing was. */
  readonly was: string | undefined;
}

function changed(change: Change): ShootDraft {
  const { cache, upstream, field, path, was } = change;
  const before = was === undefined ? "was not set" : `was "${was}"`;
  return {
    span: placeOf(cache, field),
    message: `${field} is immutable and ${before} for "${upstream}"; to change it, remove the cache in one update and add it again in the next, which loses its content`,
    fixes: restore(change),
    admission: verdict("registry-cache", "Invalid", `${path}.volume.${field}`),
  };
}

function restore({ cache: { node, volume }, text, field, was }: Change): readonly DraftFix[] {
  if (was === undefined) return fieldRemoval(text, volume?.node, field, { title: `Remove ${field} again` });
  const edit = node.type === "map" ? ensurePath(text, node, ["volume", field], was) : undefined;
  return edit ? [{ title: `Change back to "${was}"`, edits: [edit] }] : [];
}

/** The value, or where it is missing the nearest key above it. */
function placeOf({ node, volume, upstream, span }: Cache, field: string): Span {
  return entryOf(volume?.node, field)?.value.span ?? entryOf(node, "volume")?.key.span ?? upstream?.span ?? span;
}
