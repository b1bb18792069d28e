import { urlProblems } from "../formats/go-url.ts";
import { replaceScalar } from "../yaml/edit.ts";
import type { Rule } from "./rule.ts";

export const credentialsOverHttp: Rule = {
  code: "RC115",
  name: "credentials-over-http",
  severity: "warning",
  docs: {
    summary: "A cache has credentials and pulls from an http URL.",
    why: "User name and password are sent in clear text with each request, and anybody on the way can read them.",
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
            - upstream: registry.example.com:5000
              remoteURL: http://registry.example.com:5000
      #                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RC115
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
            - upstream: registry.example.com:5000
              remoteURL: https://registry.example.com:5000
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
  *checkShoot({ registryCache, uri, text }) {
    for (const { remoteURL, secretReferenceName } of registryCache?.caches ?? []) {
      if (remoteURL === undefined || secretReferenceName === undefined || !/^http:/i.test(remoteURL.value)) continue;
      const secure = remoteURL.value.replace(/^http:/i, "https:");
      // Only a URL that admission takes is one that the cache will use.
      if (urlProblems(remoteURL.value, { allowPath: false }).length > 0) continue;
      yield {
        span: remoteURL.span,
        message: "the credentials are sent to this http URL in clear text",
        related: [{ uri, span: secretReferenceName.span, message: "the credentials" }],
        fixes: [{ title: `Change to "${secure}"`, edits: [replaceScalar(text, remoteURL.node, secure)] }],
      };
    }
  },
};
