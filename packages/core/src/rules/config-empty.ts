import type { DecodeProblem } from "../manifest/decode.ts";
import type { RegistryCacheExtension, RegistryMirrorExtension } from "../manifest/shoot.ts";
import type { Span } from "../text/span.ts";
import { entryOf, isNull, type MapEntry, type Node } from "../yaml/node.ts";
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

  needs: "noItems",
  *checkShoot({ registryCache, registryMirror }) {
    if (registryCache) yield* emptyConfig("registry-cache", registryCache, "caches");
    if (registryMirror === undefined) return;
    yield* emptyConfig("registry-mirror", registryMirror, "mirrors");
    const misspelt = misspeltIn(registryMirror.decodeProblems);
    for (const { node, span, path } of registryMirror.mirrors) {
      const key = node.type === "map" ? node.written[0]?.key.span : undefined;
      yield* emptyList({ webhook: "registry-mirror", node, span: key ?? span, path }, "hosts", misspelt);
    }
  },
};

interface ListOwner {
  readonly webhook: Webhook;
  readonly node: Node;
  /** What to mark where nothing is written for the list. */
  readonly span: Span;
  readonly path: string;
}

type ListField = "caches" | "mirrors" | "hosts";

function* emptyConfig(
  webhook: Webhook,
  extension: RegistryCacheExtension | RegistryMirrorExtension,
  field: ListField,
): Iterable<ShootDraft> {
  const { providerConfig: config, configPath, decodeProblems } = extension;
  if (config)
    yield* emptyList(
      { webhook, node: config.value, span: config.key.span, path: configPath },
      field,
      misspeltIn(decodeProblems),
    );
}

function* emptyList(
  { webhook, node, span, path }: ListOwner,
  field: ListField,
  misspelt: ReadonlySet<Node>,
): Iterable<ShootDraft> {
  if (node.type !== "map" && !isNull(node)) return;
  const entry = entryOf(node, field);
  if (!isEmpty(entry) || misspelt.has(node)) return;
  const message = `at least one ${field.slice(0, -1)} is needed in "${field}"`;
  yield { span: placeOf(entry) ?? span, message, admission: verdict(webhook, "Required", `${path}.${field}`) };
}

/** The maps with an unknown name, which may be that of the list, misspelt. */
function misspeltIn(problems: readonly DecodeProblem[]): ReadonlySet<Node> {
  return new Set(problems.flatMap((it) => (it.kind === "unknown-field" ? [it.parent] : [])));
}

function isEmpty(entry: MapEntry | undefined): boolean {
  return entry === undefined || isNull(entry.value) || (entry.value.type === "seq" && entry.value.items.length === 0);
}

function placeOf(entry: MapEntry | undefined): Span | undefined {
  return entry?.value.type === "seq" ? entry.value.span : entry?.key.span;
}
