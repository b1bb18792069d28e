import { serviceName } from "../formats/upstream-names.ts";
import { cacheUpstreams, suffixOf } from "./config-places.ts";
import { maskCredentials } from "./mask-credentials.ts";
import { fieldRemoval } from "./removal-fixes.ts";
import { firstByKey } from "./repeats.ts";
import type { Rule } from "./rule.ts";
import { verdict } from "./verdict.ts";

export const suffixCollision: Rule = {
  code: "RC110",
  name: "suffix-collision",
  severity: "error",
  mirrors: "pkg/apis/registry/validation/validation.go",
  docs: {
    summary: "A serviceNameSuffix gives a Service the name that another cache derives from its upstream.",
    why: "The extension rejects the Shoot: both Services would have the same name.",
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
            - upstream: ghcr.io
              serviceNameSuffix: docker-io
      #                          ^^^^^^^^^ RC110
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
            - upstream: ghcr.io
    `,
  },

  needs: "serviceNameSuffix",
  *checkShoot(shoot) {
    if (shoot.registryCache?.caches.every((it) => it.serviceNameSuffix === undefined) !== false) return;
    const derived = cacheUpstreams(shoot).filter(({ owner }) => suffixOf(owner) === undefined);
    const byName = firstByKey(derived, (it) => serviceName(it.value));
    for (const { serviceNameSuffix: suffix, node } of shoot.registryCache?.caches ?? []) {
      const other = suffix && byName.get(serviceName("", suffix.value));
      if (suffix === undefined || other === undefined) continue;
      yield {
        span: suffix.span,
        message: `the cache for "${maskCredentials(other.value)}" has the Service "${serviceName(other.value)}" already`,
        related: [{ uri: shoot.uri, span: other.span, message: "its name comes from this upstream" }],
        fixes: fieldRemoval(shoot.text, node, "serviceNameSuffix", { title: "Remove serviceNameSuffix" }),
        admission: verdict("registry-cache", "Invalid", suffix.path),
      };
    }
  },
};
