import { compareQuantities, parseQuantity } from "../formats/quantity.ts";
import type { Rule } from "./rule.ts";

export const policyVolumeSize: Rule = {
  code: "RC233",
  name: "policy-volume-size",
  severity: "error",
  docs: {
    summary: "A cache has a larger disk than `policies.maximumVolumeSize` of your settings allows.",
    why: "The disk is paid for in every cluster that has the cache, and its size cannot be changed later.",
  },
  example: {
    settings: `
      policies:
        maximumVolumeSize: 100Gi
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
                size: 1Ti
      #               ^^^ RC233
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
                size: 100Gi
    `,
  },

  needs: "policies",
  *checkShoot({ registryCache }, _previous, { maximumVolumeSize }) {
    const maximum = maximumVolumeSize === undefined ? undefined : parseQuantity(maximumVolumeSize);
    if (maximum?.ok !== true) return;
    for (const { volume } of registryCache?.caches ?? []) {
      if (volume?.size === undefined || compareQuantities(volume.size.quantity, maximum.value) <= 0) continue;
      const { text, span } = volume.size;
      yield { span, message: `the size "${text}" is more than "${maximumVolumeSize}", the most that a policy allows` };
    }
  },
};
