import { setEntry } from "../yaml/edit.ts";
import { fieldOf } from "../yaml/node.ts";
import { fieldRemoval } from "./removal-fixes.ts";
import type { Rule } from "./rule.ts";

export const tlsOff: Rule = {
  code: "RC113",
  name: "tls-off",
  severity: "warning",
  mirrors: "pkg/apis/registry/v1alpha3/defaults.go",
  docs: {
    summary: "http is written without tls, which turns TLS between nodes and cache off.",
    why: "TLS is on by default only with the whole object left out; inside it, a missing tls is false.",
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
              http: {}
      #       ^^^^ RC113
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
    `,
  },

  needs: "http",
  *checkShoot({ registryCache, text }) {
    for (const { http, node } of registryCache?.caches ?? []) {
      if (http === undefined || fieldOf(http.node, "tls") !== undefined) continue;
      const removal = fieldRemoval(text, node, "http", { title: "Remove http, so that TLS is on" });
      const statement =
        http.node.type === "map"
          ? [{ title: "Say that it is off by tls: false", edits: [setEntry(text, http.node, "tls", false)] }]
          : [];
      yield { span: http.keySpan, message: "http without tls turns TLS off", fixes: [...removal, ...statement] };
    }
  },
};
