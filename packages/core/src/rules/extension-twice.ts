import type { Extension, Shoot } from "../manifest/shoot.ts";
import { removeItem } from "../yaml/edit.ts";
import { fieldOf, itemsOf } from "../yaml/node.ts";
import type { DraftFix, Rule } from "./rule.ts";

export const extensionTwice: Rule = {
  code: "RC019",
  name: "extension-twice",
  severity: "error",
  mirrors: "gardener/gardener pkg/api/core/validation/shoot.go",
  docs: {
    summary: "An extension type stands in spec.extensions twice.",
    why: "The garden rejects the Shoot. Several caches belong into one providerConfig.",
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
        - type: registry-cache
      #         ^^^^^^^^^^^^^^ RC019
          disabled: true
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
    `,
  },

  needs: "extensions",
  *checkShoot(shoot) {
    const { uri, extensions } = shoot;
    for (const extension of extensions) {
      const { type, index } = extension;
      const first = extensions.find((it) => it.type !== undefined && it.type.value === type?.value);
      if (type === undefined || first?.type === undefined || first.index === index) continue;
      yield {
        span: type.span,
        message: `the extension "${type.value}" is listed twice`,
        related: [{ uri, span: first.type.span, message: "listed here first" }],
        fixes: fixesOf(shoot, extension),
      };
    }
  },
};

function fixesOf({ root, text }: Shoot, { index }: Extension): readonly DraftFix[] {
  const list = fieldOf(fieldOf(root, "spec"), "extensions");
  const item = itemsOf(list)[index];
  return list?.type === "seq" && item ? [{ title: "Remove this entry", edits: [removeItem(text, list, item)] }] : [];
}
