import { urlProblems } from "../formats/go-url.ts";
import { replaceScalar } from "../yaml/edit.ts";
import type { Rule } from "./rule.ts";

export const trailingSlash: Rule = {
  code: "RC117",
  name: "trailing-slash",
  severity: "warning",
  mirrors: "distribution/distribution registry/proxy/proxyauth.go",
  docs: {
    summary: "The remoteURL of a cache with credentials ends in a slash.",
    why: "The cache asks for `//v2/` when it starts, and unless the upstream answers that with its login challenge, the credentials are never used.",
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
              remoteURL: https://registry-1.docker.io/
      #                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RC117
              secretReferenceName: docker-secret
        resources:
        - name: docker-secret
          resourceRef:
            apiVersion: v1
            kind: Secret
            name: docker-v1
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
              remoteURL: https://registry-1.docker.io
              secretReferenceName: docker-secret
        resources:
        - name: docker-secret
          resourceRef:
            apiVersion: v1
            kind: Secret
            name: docker-v1
    `,
  },

  needs: "remoteURL",
  *checkShoot({ registryCache, text }) {
    for (const { remoteURL, secretReferenceName } of registryCache?.caches ?? []) {
      if (remoteURL === undefined || secretReferenceName === undefined || !remoteURL.value.endsWith("/")) continue;
      if (urlProblems(remoteURL.value, { allowPath: false }).length > 0) continue;
      const bare = remoteURL.value.slice(0, -1);
      const fixes = [
        { title: "Remove the slash at the end", safe: true, edits: [replaceScalar(text, remoteURL.node, bare)] },
      ];
      yield {
        span: remoteURL.span,
        message: "with a slash at the end of remoteURL the cache may never use its credentials",
        fixes,
      };
    }
  },
};
