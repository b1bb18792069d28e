import { fieldRemoval } from "./removal-fixes.ts";
import { repeats } from "./repeats.ts";
import type { Rule } from "./rule.ts";
import { verdict } from "./verdict.ts";

export const suffixDuplicate: Rule = {
  code: "RC109",
  name: "suffix-duplicate",
  severity: "error",
  mirrors: "pkg/apis/registry/validation/validation.go",
  docs: {
    summary: "Two caches have the same serviceNameSuffix.",
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
              serviceNameSuffix: hub
            - upstream: ghcr.io
              serviceNameSuffix: hub
      #                          ^^^ RC109
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
              serviceNameSuffix: hub
            - upstream: ghcr.io
    `,
  },

  needs: "serviceNameSuffix",
  *checkShoot({ registryCache, uri, text }) {
    const suffixes = (registryCache?.caches ?? []).flatMap(({ serviceNameSuffix, node }) =>
      serviceNameSuffix ? [{ ...serviceNameSuffix, cache: node }] : [],
    );
    for (const { item, first } of repeats(suffixes, (it) => it.value)) {
      const { value, span, path, cache } = item;
      yield {
        span,
        message: `"${value}" is the serviceNameSuffix of another cache already`,
        related: [{ uri, span: first.span, message: "written here first" }],
        fixes: fieldRemoval(text, cache, "serviceNameSuffix", { title: "Remove serviceNameSuffix" }),
        admission: verdict("registry-cache", "Duplicate", path),
      };
    }
  },
};
