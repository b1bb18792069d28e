import type { Rule } from "./rule.ts";

export const previousConfigBroken: Rule = {
  code: "RC125",
  name: "previous-config-broken",
  severity: "error",
  mirrors: "pkg/admission/validator/cache/shoot.go",
  docs: {
    summary:
      "The version before the update has a registry-cache configuration that the extension cannot decode, or none.",
    why: "The extension compares every update with it, and so rejects each one that keeps registry-cache. Remove the extension in one update and add it again in the next; the caches lose their content.",
  },
  example: {
    previous: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        extensions:
        - type: registry-cache
          providerConfig:
            apiVersion: registry.extensions.gardener.cloud/v1alpha2
            kind: RegistryConfig
            caches:
            - upstream: docker.io
    `,
    bad: `
      apiVersion: core.gardener.cloud/v1beta1
      kind: Shoot
      metadata:
        name: crazy-botany
      spec:
        extensions:
        - type: registry-cache
      #         ^^^^^^^^^^^^^^ RC125
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
        extensions: []
    `,
  },

  needs: "previous",
  *checkShoot({ registryCache }, previous) {
    if (registryCache === undefined) return;
    if (previous?.config !== "missing" && previous?.config !== "undecodable") return;
    const reason =
      previous.config === "missing" ? "has no providerConfig" : "has a providerConfig that cannot be decoded";
    yield {
      span: registryCache.type?.span ?? registryCache.span,
      message: `the version before this update ${reason}, so every update is refused; remove the extension in one update and add it again in the next`,
      admission: { webhook: "registry-cache", step: "previous", type: "Denied", field: registryCache.configPath },
    };
  },
};
