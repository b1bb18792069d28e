import { isListed } from "./name-scheme.ts";
import type { Rule } from "./rule.ts";

export const policyCredentials: Rule = {
  code: "RC231",
  name: "policy-credentials",
  severity: "error",
  docs: {
    summary: "A cache has no credentials, and `policies.requiredCredentials` of your settings asks for them.",
    why: "Without credentials the upstream refuses private images, or counts all pulls against the limit for anonymous users.",
  },
  example: {
    settings: `
      policies:
        requiredCredentials: [docker.io, "*.example.com"]
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
      #                 ^^^^^^^^^ RC231
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
            name: ro-docker-secret-v1
    `,
  },

  needs: "policies",
  *checkShoot({ registryCache }, _previous, { requiredCredentials = [] }) {
    for (const { upstream, secretReferenceName } of registryCache?.caches ?? []) {
      if (upstream === undefined || secretReferenceName !== undefined) continue;
      if (!isListed(upstream.value, requiredCredentials)) continue;
      yield {
        span: upstream.span,
        message: `the cache of "${upstream.value}" has no credentials, which a policy asks for`,
      };
    }
  },
};
