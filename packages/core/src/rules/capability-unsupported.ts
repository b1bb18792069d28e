import type { Located } from "../manifest/located.ts";
import { closest } from "../text/distance.ts";
import { replaceScalar } from "../yaml/edit.ts";
import { fieldOf } from "../yaml/node.ts";
import { itemRemoval, lastIndexOf } from "./removal-fixes.ts";
import type { DraftFix, Rule } from "./rule.ts";
import { verdict } from "./verdict.ts";

export const capabilityUnsupported: Rule = {
  code: "RC120",
  name: "capability-unsupported",
  severity: "error",
  mirrors: "pkg/apis/mirror/validation/validation.go",
  docs: {
    summary: "A mirror's host has a capability other than pull and resolve.",
    why: "The extension rejects the Shoot. Nodes only pull images and resolve tags through a mirror; without capabilities a mirror is asked to pull.",
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
                capabilities: [pull, Resolve]
      #                              ^^^^^^^ RC120
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
                capabilities: [pull, resolve]
    `,
  },

  needs: "mirror",
  *checkShoot({ registryMirror, text }) {
    for (const { capabilities, node, path } of (registryMirror?.mirrors ?? []).flatMap((it) => it.hosts)) {
      const list = fieldOf(node, "capabilities");
      const others = supported.filter((it) => !capabilities.some((other) => other.value === it));
      for (const capability of capabilities) {
        const { value, span } = capability;
        if (supported.includes(value)) continue;
        const fixes = [
          ...rename(text, capability, others),
          ...itemRemoval(text, list, lastIndexOf(capability.path), { title: `Remove "${value}"` }),
        ];
        const message = `"${value}" is no capability of a mirror; there are ${supported.map((it) => `"${it}"`).join(" and ")}`;
        yield { span, message, fixes, admission: verdict("registry-mirror", "NotSupported", `${path}.capabilities`) };
      }
    }
  },
};

const supported: readonly string[] = ["pull", "resolve"];

function rename(text: string, { value, node }: Located<string>, others: readonly string[]): readonly DraftFix[] {
  const meant = closest(value, others);
  if (meant === undefined) return [];
  return [
    { title: `Change to "${meant}"`, safe: meant === value.toLowerCase(), edits: [replaceScalar(text, node, meant)] },
  ];
}
