import { replaceScalar } from "../yaml/edit.ts";
import type { Rule } from "./rule.ts";

/** The types for which the API server demands keys. */
const keysOfType: ReadonlyMap<string, readonly string[]> = new Map([
  ["kubernetes.io/dockerconfigjson", [".dockerconfigjson"]],
  ["kubernetes.io/dockercfg", [".dockercfg"]],
  ["kubernetes.io/ssh-auth", ["ssh-privatekey"]],
  ["kubernetes.io/tls", ["tls.crt", "tls.key"]],
]);

export const secretType: Rule = {
  code: "RC225",
  name: "secret-type",
  severity: "error",
  mirrors: "kubernetes/kubernetes pkg/apis/core/validation/validation.go",
  docs: {
    summary: "The Secret has a type that demands keys which it does not have.",
    why: "The API server rejects such a Secret. The registry cache does not look at the type: `Opaque` serves.",
  },
  example: {
    bad: `
      apiVersion: v1
      kind: Secret
      metadata:
        name: ro-docker-secret-v1
        namespace: garden-dev
      type: kubernetes.io/dockerconfigjson
      #     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RC225
      immutable: true
      stringData:
        username: reader
        password: example
      ---
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
    `,
    good: `
      apiVersion: v1
      kind: Secret
      metadata:
        name: ro-docker-secret-v1
        namespace: garden-dev
      type: Opaque
      immutable: true
      stringData:
        username: reader
        password: example
      ---
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
    `,
  },

  *checkSecret({ type, entries, keysKnown, form, text }) {
    if (type === undefined || !keysKnown) return;
    const missing = (keysOfType.get(type.value) ?? []).filter((key) => !entries.some((it) => it.key === key));
    if (missing.length === 0) return;
    const names = missing.map((it) => `"${it}"`).join(" and ");
    const fixes =
      form === "Secret" && text !== ""
        ? [{ title: 'Change to "Opaque"', safe: true, edits: [replaceScalar(text, type.node, "Opaque")] }]
        : [];
    yield { span: type.span, message: `a Secret of type "${type.value}" must have ${names}`, fixes };
  },
};
