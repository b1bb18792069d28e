import type { Extension, Shoot } from "../manifest/shoot.ts";
import { fieldOf } from "../yaml/node.ts";
import { cacheUpstreams, mirrorUpstreams, type UpstreamPlace } from "./config-places.ts";
import { maskCredentials } from "./mask-credentials.ts";
import { itemRemoval } from "./removal-fixes.ts";
import { firstByKey, repeats } from "./repeats.ts";
import type { Rule, ShootDraft } from "./rule.ts";
import { verdict } from "./verdict.ts";

export const mirrorAndCache: Rule = {
  code: "RC122",
  name: "mirror-and-cache",
  severity: "error",
  mirrors: "pkg/admission/validator/mirror/shoot.go",
  docs: {
    summary: "A mirror has the upstream of a cache.",
    why: "Both would write how nodes reach the same registry, so the registry-mirror extension rejects the Shoot.",
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
        - type: registry-mirror
          providerConfig:
            apiVersion: mirror.extensions.gardener.cloud/v1alpha1
            kind: MirrorConfig
            mirrors:
            - upstream: docker.io
      #                 ^^^^^^^^^ RC122
              hosts:
              - host: https://mirror.gcr.io
            - upstream: quay.io
              hosts:
              - host: https://quay.example.com
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
        - type: registry-mirror
          providerConfig:
            apiVersion: mirror.extensions.gardener.cloud/v1alpha1
            kind: MirrorConfig
            mirrors:
            - upstream: quay.io
              hosts:
              - host: https://quay.example.com
    `,
  },

  needs: "mirror",
  *checkShoot(shoot) {
    const { registryCache, registryMirror } = shoot;
    if (registryCache === undefined || registryMirror === undefined) return;
    if (registryCache.providerConfig === undefined) yield withoutCaches(registryCache, registryMirror);
    const caches = firstByKey(cacheUpstreams(shoot), (it) => it.value);
    const mirrors = mirrorUpstreams(shoot);
    for (const mirror of mirrors) {
      const cache = caches.get(mirror.value);
      if (cache) yield clash(shoot, mirror, cache);
    }
    for (const { item, first } of repeats(mirrors, (it) => it.value)) {
      if (!caches.has(item.value)) yield mistaken(shoot, item, first);
    }
  },
};

function clash(
  { uri, text, registryCache, registryMirror }: Shoot,
  mirror: UpstreamPlace,
  cache: UpstreamPlace,
): ShootDraft {
  const mirrors = fieldOf(registryMirror?.providerConfig?.value, "mirrors");
  const caches = fieldOf(registryCache?.providerConfig?.value, "caches");
  return {
    span: mirror.span,
    message:
      mirror.value === ""
        ? "a cache has no upstream either"
        : `"${maskCredentials(mirror.value)}" is also the upstream of a cache`,
    related: [{ uri, span: cache.span, message: "the cache" }],
    fixes: [
      ...itemRemoval(text, mirrors, mirror.owner.index, { title: "Remove the mirror" }),
      ...itemRemoval(text, caches, cache.owner.index, { title: "Remove the cache" }),
    ],
    admission: verdict("registry-mirror", "Invalid", mirror.path),
  };
}

/** The webhook collects the upstreams of mirrors together with those of caches, and so reports a repeated one as a cache's. */
function mistaken({ uri }: Shoot, mirror: UpstreamPlace, first: UpstreamPlace): ShootDraft {
  return {
    span: mirror.span,
    message: "the extension will also call this second mirror a cache, though there is none",
    related: [{ uri, span: first.span, message: "the first mirror" }],
    admission: verdict("registry-mirror", "Invalid", mirror.path),
  };
}

/** Without the caches the webhook of the mirrors gives up before it says anything else. */
function withoutCaches(cache: Extension, { type }: Extension): ShootDraft {
  return {
    span: type?.span ?? cache.span,
    message: "mirrors cannot be checked against the caches, whose providerConfig is missing",
    admission: { webhook: "registry-mirror", step: "lookup", type: "Denied", field: cache.configPath },
  };
}
