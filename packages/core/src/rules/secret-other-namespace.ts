import { firstFew } from "../workspace/related.ts";
import type { Rule } from "./rule.ts";

export const secretOtherNamespace: Rule = {
  code: "RC207",
  name: "secret-other-namespace",
  severity: "warning",
  mirrors: "pkg/admission/validator/cache/shoot.go",
  docs: {
    summary: "A Secret of this name exists, but not in the Shoot's namespace.",
    why: "A Shoot can only use Secrets of its own namespace. Where a connected garden confirms that the Secret is missing there, this is an error, and admission rejects the Shoot.",
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
          resourceRef:
            apiVersion: v1
            kind: Secret
            name: ro-docker-secret-v1
      #           ^^^^^^^^^^^^^^^^^^^ RC207
      ---
      apiVersion: v1
      kind: Secret
      metadata:
        name: ro-docker-secret-v1
        namespace: garden-prod
      type: Opaque
      immutable: true
      stringData:
        username: reader
        password: example
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
          resourceRef:
            apiVersion: v1
            kind: Secret
            name: ro-docker-secret-v1
      ---
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
    `,
  },

  *checkReference({ target, namespace }, garden) {
    if (target === undefined || garden.isWritten(target.name, namespace)) return;
    const live = garden.live(target.name, namespace);
    const others = firstFew(garden.namesakes(target.name));
    const [other] = others;
    if (typeof live !== "string" || other === undefined) return;
    yield {
      span: target.span,
      severity: live === "missing" ? "error" : "warning",
      message: `Secret "${target.name}" is in namespace "${other.namespace}", not in the Shoot's namespace "${namespace}"`,
      related: others.map(({ uri, span }) => ({ uri, span, message: "the Secret of this name" })),
      denied: live === "missing",
    };
  },
};
