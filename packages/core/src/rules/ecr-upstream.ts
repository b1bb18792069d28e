import { cacheUpstreams } from "./config-places.ts";
import type { Rule } from "./rule.ts";

export const ecrUpstream: Rule = {
  code: "RC114",
  name: "ecr-upstream",
  severity: "warning",
  mirrors: "distribution/distribution#4383",
  docs: {
    summary: "A cache has an Amazon ECR registry as its upstream.",
    why: "The cache cannot pull from ECR, private or public, and its tokens end after 12 hours. A mirror can serve public.ecr.aws instead.",
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
            - upstream: 123456789012.dkr.ecr.eu-central-1.amazonaws.com
      #                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RC114
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
            - upstream: ghcr.io
    `,
  },

  *checkShoot(shoot) {
    for (const { value, span } of cacheUpstreams(shoot)) {
      if (isEcr(value)) yield { span, message: `a cache cannot pull from "${value}": Amazon ECR is not supported` };
    }
  },
};

function isEcr(upstream: string): boolean {
  return /^(?:public\.ecr\.aws|[^.]+\.dkr[.-]ecr(?:-fips)?\..+\.(?:amazonaws\.com(?:\.cn)?|on\.aws))(?::\d+)?$/.test(
    upstream,
  );
}
