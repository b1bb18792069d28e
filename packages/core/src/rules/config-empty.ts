import type { DecodeProblem } from "../manifest/decode.ts";
import type { Extension } from "../manifest/shoot.ts";
import type { Span } from "../text/span.ts";
import { entryOf, isNull, type MapEntry, type MapNode } from "../yaml/node.ts";
import type { Rule, ShootDraft, Webhook } from "./rule.ts";
import { verdict } from "./verdict.ts";

export const configEmpty: Rule = {
  code: "RC101",
  name: "config-empty",
  severity: "error",
  mirrors: "pkg/apis/registry/validation/validation.go, pkg/apis/mirror/validation/validation.go",
  docs: {
    summary: "A configuration has no caches, no mirrors, or a mirror without hosts.",
    why: "The extension has nothing to do then, and rejects the Shoot. Remove the extension to do without it.",
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
            caches: []
      #             ^^ RC101
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

  *checkShoot({ registryCache, registryMirror }) {
    if (registryCache) yield* emptyList({ webhook: "registry-cache", ...registryCache }, "caches");
    if (registryMirror) yield* emptyList({ webhook: "registry-mirror", ...registryMirror }, "mirrors");
    for (const { node, span, path } of registryMirror?.mirrors ?? []) {
      if (node.type === "map") yield* emptyHosts(node, span, path);
    }
  },
};

type Configured = Extension & { readonly webhook: Webhook; readonly decodeProblems: readonly DecodeProblem[] };

function* emptyList(
  { webhook, providerConfig, configPath, decodeProblems }: Configured,
  field: "caches" | "mirrors",
): Iterable<ShootDraft> {
  const config = providerConfig?.value;
  if (providerConfig === undefined || config?.type !== "map") return;
  // What has an unknown name may be the list itself, misspelt.
  if (decodeProblems.some((it) => it.kind === "unknown-field" && it.parent === config)) return;
  const entry = entryOf(config, field);
  if (!isEmpty(entry)) return;
  const message = `at least one ${field.slice(0, -1)} is needed in "${field}"`;
  yield {
    span: placeOf(entry) ?? providerConfig.key.span,
    message,
    admission: verdict(webhook, "Required", `${configPath}.${field}`),
  };
}

function* emptyHosts(mirror: MapNode, span: Span, path: string): Iterable<ShootDraft> {
  const entry = entryOf(mirror, "hosts");
  if (!isEmpty(entry)) return;
  const place = placeOf(entry) ?? mirror.written[0]?.key.span ?? span;
  yield {
    span: place,
    message: 'at least one host is needed in "hosts"',
    admission: verdict("registry-mirror", "Required", `${path}.hosts`),
  };
}

function isEmpty(entry: MapEntry | undefined): boolean {
  return entry === undefined || isNull(entry.value) || (entry.value.type === "seq" && entry.value.items.length === 0);
}

function placeOf(entry: MapEntry | undefined): Span | undefined {
  return entry?.value.type === "seq" ? entry.value.span : entry?.key.span;
}
