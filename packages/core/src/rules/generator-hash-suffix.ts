import { ensurePath } from "../yaml/edit.ts";
import type { Rule } from "./rule.ts";

export const generatorHashSuffix: Rule = {
  code: "RC224",
  name: "generator-hash-suffix",
  severity: "error",
  mirrors: "kubernetes-sigs/kustomize api/konfig/builtinpluginconsts/namereference.go",
  docs: {
    summary: "kustomize appends a hash to the name of the Secret that a Shoot refers to.",
    why: "kustomize renames such references where it knows them, but it does not know `spec.resources` of a Shoot. So the Shoot names a Secret that never exists. Set `disableNameSuffixHash` and put a version into the name.",
  },
  example: {
    bad: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
        namespace: garden-dev
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
          resourceRef: { apiVersion: v1, kind: Secret, name: ro-docker-secret-v1 }
      ---
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      namespace: garden-dev
      secretGenerator:
      - name: ro-docker-secret-v1
      #       ^^^^^^^^^^^^^^^^^^^ RC224
        files: [username, password]
        options:
          immutable: true
    `,
    good: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
        namespace: garden-dev
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
          resourceRef: { apiVersion: v1, kind: Secret, name: ro-docker-secret-v1 }
      ---
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      namespace: garden-dev
      secretGenerator:
      - name: ro-docker-secret-v1
        files: [username, password]
        options:
          immutable: true
          disableNameSuffixHash: true
    `,
  },

  *checkSecret({ text, own, nameSuffixHash, nameSpan, name }) {
    if (!nameSuffixHash) return;
    const edit = ensurePath(text, own, ["options", "disableNameSuffixHash"], true);
    const fixes = edit ? [{ title: "Switch the hash off", safe: true, edits: [edit] }] : [];
    yield {
      span: nameSpan,
      message: `kustomize appends a hash to "${name}", so the Shoot never finds this Secret`,
      fixes,
    };
  },
};
