import type { Rule } from "./rule.ts";

export const secretTerminating: Rule = {
  code: "RC206",
  name: "secret-terminating",
  severity: "error",
  mirrors: "gardener/gardener pkg/controller/reference/reconciler.go",
  docs: {
    summary: "The Secret has been deleted and stays only because a Shoot still refers to it.",
    why: "Gardener holds a deleted Secret back as long as some Shoot names it; it vanishes with the last reference. Admission accepts it all the same, so a Shoot that is pointed at it may lose its credentials at any time. Create a Secret under a new name and refer to that.",
  },
  example: {
    garden: {
      namespaces: ["garden-dev"],
      secrets: [
        {
          name: "ro-docker-secret-v1",
          namespace: "garden-dev",
          immutable: true,
          deletionTimestamp: "2026-01-01T00:00:00Z",
          data: { username: "cmVhZGVy", password: "ZXhhbXBsZQ==" },
        },
        {
          name: "ro-docker-secret-v2",
          namespace: "garden-dev",
          immutable: true,
          data: { username: "cmVhZGVy", password: "ZXhhbXBsZQ==" },
        },
      ],
    },
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
      #           ^^^^^^^^^^^^^^^^^^^ RC206
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
            name: ro-docker-secret-v2
    `,
  },

  *checkReference({ target, namespace }, garden) {
    if (target === undefined) return;
    const live = garden.live(target.name, namespace);
    if (typeof live === "string" || live.deletionTimestamp === undefined) return;
    yield {
      span: target.span,
      message: `Secret "${target.name}" has been deleted and vanishes with its last reference`,
    };
  },
};
