import { compareQuantities, isPositive, type Quantity } from "../formats/quantity.ts";
import { replaceScalar } from "../yaml/edit.ts";
import { fieldOf, type Node } from "../yaml/node.ts";
import type { DraftFix, Rule } from "./rule.ts";

export const volumeSizeTiny: Rule = {
  code: "RC127",
  name: "volume-size-tiny",
  severity: "warning",
  docs: {
    summary: "The size of a cache's disk is less than a mebibyte, as of a number that lacks its unit.",
    why: "A size without a unit counts bytes, and `m` means a thousandth. Admission accepts it, and the size can never be changed afterwards.",
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
                size: 20
      #               ^^ RC127
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
                size: 20Gi
    `,
  },

  needs: "volume",
  *checkShoot({ registryCache, text }) {
    for (const { volume } of registryCache?.caches ?? []) {
      const size = volume?.size;
      if (size === undefined || !isPositive(size.quantity) || compareQuantities(size.quantity, mebibyte) >= 0) continue;
      yield {
        span: size.span,
        message: `"${size.text}" is less than a mebibyte`,
        fixes: fixesOf(text, fieldOf(volume?.node, "size")),
      };
    }
  },
};

const mebibyte: Quantity = { mantissa: 1n << 20n, exponent: 0 };

function fixesOf(text: string, node: Node | undefined): readonly DraftFix[] {
  if (node?.type !== "scalar") return [];
  const amount = /^[1-9]\d*/.exec(node.text)?.[0];
  return amount === undefined
    ? []
    : [{ title: `Change to ${amount}Gi`, edits: [replaceScalar(text, node, `${amount}Gi`)] }];
}
