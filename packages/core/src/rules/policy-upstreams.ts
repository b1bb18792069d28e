import { isListed } from "./name-scheme.ts";
import type { Rule } from "./rule.ts";

export const policyUpstreams: Rule = {
  code: "RC232",
  name: "policy-upstreams",
  severity: "error",
  docs: {
    summary: "A cache has an upstream that `policies.allowedUpstreams` of your settings does not list.",
    why: "Images come from registries that somebody vouches for, and no others.",
  },
  example: {
    settings: `
      policies:
        allowedUpstreams: [docker.io, "*.example.com"]
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
            - upstream: registry.example.org
      #                 ^^^^^^^^^^^^^^^^^^^^ RC232
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
            - upstream: registry.example.com
    `,
  },

  needs: "policies",
  *checkShoot({ registryCache }, _previous, { allowedUpstreams }) {
    if (allowedUpstreams === undefined) return;
    for (const { upstream } of registryCache?.caches ?? []) {
      if (upstream === undefined || isListed(upstream.value, allowedUpstreams)) continue;
      yield { span: upstream.span, message: `"${upstream.value}" is not among the upstreams that a policy allows` };
    }
  },
};
