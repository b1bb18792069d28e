import { dns1123SubdomainProblems } from "../formats/dns-name.ts";
import { replaceScalar } from "../yaml/edit.ts";
import { fieldRemoval } from "./removal-fixes.ts";
import type { Rule } from "./rule.ts";
import { verdict } from "./verdict.ts";

export const storageClassInvalid: Rule = {
  code: "RC106",
  name: "storage-class-invalid",
  severity: "error",
  mirrors: "pkg/apis/registry/validation/validation.go",
  docs: {
    summary: "The StorageClass of a cache's disk has a name that no StorageClass can have.",
    why: "The extension rejects the Shoot. Without a name the cluster's own default StorageClass is used.",
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
                storageClassName: Premium
      #                           ^^^^^^^ RC106
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
                storageClassName: premium
    `,
  },

  needs: "storageClassName",
  *checkShoot({ registryCache, text }) {
    for (const { volume } of registryCache?.caches ?? []) {
      const name = volume?.storageClassName;
      const problems = name === undefined ? [] : dns1123SubdomainProblems(name.value);
      if (volume === undefined || name === undefined || problems.length === 0) continue;
      const lower = name.value.trim().toLowerCase();
      const renamed =
        dns1123SubdomainProblems(lower).length > 0
          ? []
          : [{ title: `Change to "${lower}"`, edits: [replaceScalar(text, name.node, lower)] }];
      const fixes = [
        ...renamed,
        ...fieldRemoval(text, volume.node, "storageClassName", { title: "Remove storageClassName" }),
      ];
      const message = `"${name.value}" cannot be the name of a StorageClass: it ${problems.join("; ")}`;
      yield { span: name.span, message, fixes, admission: verdict("registry-cache", "Invalid", name.path) };
    }
  },
};
