import { setEntry } from "../yaml/edit.ts";
import { fieldOf } from "../yaml/node.ts";
import type { Rule } from "./rule.ts";

export const overridePathMissing: Rule = {
  code: "RC129",
  name: "override-path-missing",
  severity: "warning",
  mirrors: "containerd docs/hosts.md (override_path)",
  docs: {
    summary: "A mirror's host has a path that begins with /v2/, without overridePath.",
    why: "Nodes append /v2 to the path of a host, and so ask for addresses such as /v2/hub/v2/library/nginx, which hardly any registry has. With overridePath the path is taken as it is.",
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
              - host: https://mirror.example.com/v2/hub
      #               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RC129
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
              - host: https://mirror.example.com/v2/hub
                overridePath: true
    `,
  },

  needs: "mirror",
  *checkShoot({ registryMirror, text }) {
    for (const { host, node } of (registryMirror?.mirrors ?? []).flatMap((it) => it.hosts)) {
      if (host === undefined || !/^https?:\/\/[^/]+\/v2\/./i.test(host.value) || node.type !== "map") continue;
      // To a path that ends in /v2 nothing is appended.
      if (/\/v2\/*$/.test(host.value)) continue;
      // Who says false means it.
      if (fieldOf(node, "overridePath") !== undefined) continue;
      const fixes = [{ title: "Set overridePath", edits: [setEntry(text, node, "overridePath", true)] }];
      yield { span: host.span, message: `nodes append "/v2" to this path, which has it already`, fixes };
    }
  },
};
