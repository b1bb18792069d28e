import { canonicalConfig } from "../workspace/previous.ts";
import type { Rule } from "./rule.ts";

export const rotationUnchecked: Rule = {
  code: "RC126",
  name: "rotation-unchecked",
  severity: "info",
  mirrors: "pkg/admission/validator/cache/shoot.go (early allow of an equal configuration)",
  docs: {
    summary: "An update gives a cache another Secret by spec.resources alone, so admission does not look at it.",
    why: "The extension checks Secrets only when the configuration itself changes. A new Secret with a mistake is accepted now, leaves the cache without credentials, and blocks the next change of the configuration.",
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
              secretReferenceName: docker-secret
        resources:
        - name: docker-secret
          resourceRef:
            apiVersion: v1
            kind: Secret
            name: docker-v1
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
              secretReferenceName: docker-secret
        resources:
        - name: docker-secret
          resourceRef:
            apiVersion: v1
            kind: Secret
            name: docker-v2
      #           ^^^^^^^^^ RC126
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
              secretReferenceName: docker-secret
        resources:
        - name: docker-secret
          resourceRef:
            apiVersion: v1
            kind: Secret
            name: docker-v1
    `,
  },

  needs: "previous",
  *checkShoot({ registryCache, resources }, previous) {
    if (registryCache === undefined || previous?.config !== "decoded") return;
    if (previous.canonical !== canonicalConfig(registryCache)) return;
    const used = new Set(registryCache.caches.map((it) => it.secretReferenceName?.value));
    for (const { name, target } of resources) {
      const before = name && Object.hasOwn(previous.targets, name.value) ? previous.targets[name.value] : undefined;
      if (target === undefined || before === undefined || before === target.value) continue;
      if (!used.has(name?.value)) continue;
      yield {
        span: target.span,
        message: `admission does not look at the new Secret "${target.value}", since the providerConfig stays the same`,
      };
    }
  },
};
