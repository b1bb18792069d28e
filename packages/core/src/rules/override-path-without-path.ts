import { readBoolean } from "../manifest/located.ts";
import { fieldRemoval } from "./removal-fixes.ts";
import type { Rule } from "./rule.ts";

export const overridePathWithoutPath: Rule = {
  code: "RC130",
  name: "override-path-without-path",
  severity: "warning",
  mirrors: "containerd docs/hosts.md (override_path)",
  docs: {
    summary: "A mirror's host has overridePath, but no path.",
    why: "With overridePath nodes do not append /v2, and so ask the host for addresses such as /library/nginx, where no registry has its images.",
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
              - host: https://mirror.example.com
                overridePath: true
      #                       ^^^^ RC130
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
              - host: https://mirror.example.com
    `,
  },

  needs: "mirror",
  *checkShoot({ registryMirror, text }) {
    for (const { host, node, path } of (registryMirror?.mirrors ?? []).flatMap((it) => it.hosts)) {
      const override = readBoolean(node, "overridePath", path);
      if (override?.value !== true || host === undefined || !/^https?:\/\/[^/]+\/*$/i.test(host.value)) continue;
      const fixes = fieldRemoval(text, node, "overridePath", { title: "Remove overridePath" });
      yield {
        span: override.span,
        message: `without a path, overridePath leaves out "/v2", which every registry needs`,
        fixes,
      };
    }
  },
};
