import { fieldOf } from "../yaml/node.ts";
import { itemRemoval } from "./removal-fixes.ts";
import type { Rule } from "./rule.ts";

export const resourceDuplicate: Rule = {
  code: "RC203",
  name: "resource-duplicate",
  severity: "error",
  mirrors: "gardener/gardener pkg/api/core/validation/utils.go",
  docs: {
    summary: "Two entries of `spec.resources` have one name.",
    why: "The garden rejects the Shoot. Of two such entries the extension would look at the first only.",
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
              secretReferenceName: docker-secret
        resources:
        - name: docker-secret
          resourceRef: { apiVersion: v1, kind: Secret, name: ro-docker-secret-v2 }
        - name: docker-secret
      #         ^^^^^^^^^^^^^ RC203
          resourceRef: { apiVersion: v1, kind: Secret, name: ro-docker-secret-v1 }
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
              secretReferenceName: docker-secret
        resources:
        - name: docker-secret
          resourceRef: { apiVersion: v1, kind: Secret, name: ro-docker-secret-v2 }
    `,
  },

  needs: "resources",
  *checkShoot({ uri, text, root, resources }) {
    const list = fieldOf(fieldOf(root, "spec"), "resources");
    for (const entry of resources) {
      const { name, index } = entry;
      const first = resources.find((it) => it.name?.value === name?.value);
      if (name === undefined || first?.name === undefined || first.index === index) continue;
      const safe = (["apiVersion", "kind", "target"] as const).every((it) => entry[it]?.value === first[it]?.value);
      yield {
        span: name.span,
        message: `spec.resources declares "${name.value}" twice`,
        related: [{ uri, span: first.name.span, message: "declared here first" }],
        fixes: itemRemoval(text, list, index, { title: "Remove this entry", safe }),
      };
    }
  },
};
