import { replaceScalar } from "../yaml/edit.ts";
import type { Rule } from "./rule.ts";

export const remoteUrlWebsite: Rule = {
  code: "RC128",
  name: "remote-url-website",
  severity: "warning",
  docs: {
    summary: "A remoteURL names the website of Docker Hub instead of its registry.",
    why: "The cache starts and looks healthy, but the website is no registry: every pull through the cache fails. Docker Hub's registry is registry-1.docker.io, which a cache for docker.io asks without any remoteURL.",
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
              remoteURL: https://hub.docker.com
      #                  ^^^^^^^^^^^^^^^^^^^^^^ RC128
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
    `,
  },

  needs: "remoteURL",
  *checkShoot({ registryCache, text }) {
    for (const { remoteURL } of registryCache?.caches ?? []) {
      if (remoteURL === undefined || !/^https?:\/\/(?:(?:hub|www)\.)?docker\.(?:com|io)\/?$/i.test(remoteURL.value))
        continue;
      const registry = "https://registry-1.docker.io";
      const fixes = [{ title: `Change to "${registry}"`, edits: [replaceScalar(text, remoteURL.node, registry)] }];
      yield { span: remoteURL.span, message: `"${remoteURL.value}" is a website, no registry`, fixes };
    }
  },
};
