import { itemsOf } from "../yaml/node.ts";
import type { Rule } from "./rule.ts";

export const workerless: Rule = {
  code: "RC018",
  name: "workerless",
  severity: "error",
  mirrors: "gardener/gardener plugin/pkg/global/extensionvalidation/admission.go",
  docs: {
    summary: "A Shoot without workers has the extension registry-cache or registry-mirror.",
    why: "The extension does not support workerless Shoots, so the garden rejects the Shoot, even when the extension is disabled.",
  },
  example: {
    bad: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        provider:
          type: local
          workers: []
      #            ^^ RC018
        extensions:
        - type: registry-cache
          providerConfig:
            apiVersion: registry.extensions.gardener.cloud/v1alpha3
            kind: RegistryConfig
            caches:
            - upstream: docker.io
    `,
    good: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        provider:
          type: local
          workers:
          - name: worker
        extensions:
        - type: registry-cache
          providerConfig:
            apiVersion: registry.extensions.gardener.cloud/v1alpha3
            kind: RegistryConfig
            caches:
            - upstream: docker.io
    `,
  },

  needs: "noWorkers",
  *checkShoot({ workersNode, registryCache, registryMirror }) {
    // A manifest that says nothing of workers may be a part of one, such as a patch; only an empty list is certain.
    const extension = registryCache ?? registryMirror;
    if (extension?.type === undefined || workersNode?.type !== "seq" || itemsOf(workersNode).length > 0) return;
    yield {
      span: workersNode.span,
      message: `the extension "${extension.type.value}" does not run in a Shoot without workers`,
    };
  },
};
