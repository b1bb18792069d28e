import { fieldOf } from "../yaml/node.ts";
import { itemRemoval, lastIndexOf } from "./removal-fixes.ts";
import { repeats } from "./repeats.ts";
import type { Rule } from "./rule.ts";
import { verdict } from "./verdict.ts";

export const capabilityDuplicate: Rule = {
  code: "RC121",
  name: "capability-duplicate",
  severity: "error",
  mirrors: "pkg/apis/mirror/validation/validation.go",
  docs: {
    summary: "A mirror's host has the same capability twice.",
    why: "The extension rejects the Shoot.",
  },
  example: {
    bad: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        extensions:
        - type: registry-mirror
          providerConfig:
            apiVersion: mirror.extensions.gardener.cloud/v1alpha1
            kind: MirrorConfig
            mirrors:
            - upstream: docker.io
              hosts:
              - host: https://mirror.gcr.io
                capabilities:
                - pull
                - resolve
                - pull
      #           ^^^^ RC121
    `,
    good: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        extensions:
        - type: registry-mirror
          providerConfig:
            apiVersion: mirror.extensions.gardener.cloud/v1alpha1
            kind: MirrorConfig
            mirrors:
            - upstream: docker.io
              hosts:
              - host: https://mirror.gcr.io
                capabilities:
                - pull
                - resolve
    `,
  },

  needs: "mirror",
  *checkShoot({ registryMirror, uri, text }) {
    for (const { capabilities, node } of (registryMirror?.mirrors ?? []).flatMap((it) => it.hosts)) {
      for (const { item, first } of repeats(capabilities, (it) => it.value)) {
        yield {
          span: item.span,
          message: `"${item.value}" is a capability of this host already`,
          related: [{ uri, span: first.span, message: "written here first" }],
          fixes: itemRemoval(text, fieldOf(node, "capabilities"), lastIndexOf(item.path), {
            title: `Remove "${item.value}"`,
            safe: true,
          }),
          admission: verdict("registry-mirror", "Duplicate", item.path),
        };
      }
    }
  },
};
