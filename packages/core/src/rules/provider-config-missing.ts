import type { Extension, Shoot } from "../manifest/shoot.ts";
import { type Literal, setEntry } from "../yaml/edit.ts";
import type { DraftFix, Rule } from "./rule.ts";

export const providerConfigMissing: Rule = {
  code: "RC016",
  name: "provider-config-missing",
  severity: "error",
  mirrors: "pkg/admission/validator/cache/shoot.go, pkg/admission/validator/mirror/shoot.go",
  docs: {
    summary: "The extension registry-cache or registry-mirror has no providerConfig.",
    why: "The extension has nothing to run without one and rejects the Shoot.",
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
      #@ RC016
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

  needs: "noConfig",
  *checkShoot(shoot) {
    const { registryCache, registryMirror } = shoot;
    for (const [webhook, extension] of [
      ["registry-cache", registryCache],
      ["registry-mirror", registryMirror],
    ] as const) {
      if (extension === undefined || extension.providerConfig !== undefined) continue;
      yield {
        span: extension.span,
        message: `the extension "${webhook}" needs a providerConfig`,
        fixes: fixesOf(shoot, extension, webhook === "registry-cache" ? exampleCache : exampleMirror),
        admission: { webhook, step: "config", type: "Required", field: extension.configPath },
      };
    }
  },
};

const exampleCache: Literal = {
  apiVersion: "registry.extensions.gardener.cloud/v1alpha3",
  kind: "RegistryConfig",
  caches: [{ upstream: "docker.io" }],
};

const exampleMirror: Literal = {
  apiVersion: "mirror.extensions.gardener.cloud/v1alpha1",
  kind: "MirrorConfig",
  mirrors: [{ upstream: "docker.io", hosts: [{ host: "https://mirror.gcr.io" }] }],
};

function fixesOf({ text }: Shoot, { node }: Extension, config: Literal): readonly DraftFix[] {
  if (node.type !== "map") return [];
  return [{ title: "Add a providerConfig for docker.io", edits: [setEntry(text, node, "providerConfig", config)] }];
}
