import { isPositive } from "../formats/quantity.ts";
import { replaceScalar } from "../yaml/edit.ts";
import { fieldOf } from "../yaml/node.ts";
import type { Rule } from "./rule.ts";
import { verdict } from "./verdict.ts";

export const volumeSizeNotPositive: Rule = {
  code: "RC105",
  name: "volume-size-not-positive",
  severity: "error",
  mirrors: "pkg/apis/registry/validation/validation.go",
  docs: {
    summary: "The size of a cache's disk is zero or negative.",
    why: "The extension rejects the Shoot. Without a size the disk has 10Gi.",
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
              volume:
                size: 0Gi
      #               ^^^ RC105
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

  needs: "volume",
  *checkShoot({ registryCache, text }) {
    for (const { volume } of registryCache?.caches ?? []) {
      if (volume?.size === undefined || isPositive(volume.size.quantity)) continue;
      const { span, path, text: written } = volume.size;
      const node = fieldOf(volume.node, "size");
      const fixes =
        node?.type === "scalar"
          ? [{ title: "Change to 10Gi, the default", edits: [replaceScalar(text, node, "10Gi")] }]
          : [];
      yield {
        span,
        message: `the size "${written}" is not greater than 0`,
        fixes,
        admission: verdict("registry-cache", "Invalid", path),
      };
    }
  },
};
