import { checkSchema, type SchemaProblem } from "../schema/check.ts";
import type { PreparedSchema } from "../schema/prepare.ts";
import type { Span } from "../text/span.ts";
import { entryOf, isNull, type MapEntry, type MapNode, type Node } from "../yaml/node.ts";

/** A reason why the extension cannot decode a providerConfig. The first of a config stands for all: the server says no more. */
export type DecodeProblem =
  | SchemaProblem
  | {
      readonly kind: "wrong-version";
      readonly path: string;
      readonly span: Span;
      readonly field: "apiVersion" | "kind";
      /** What is written there; undefined when the field is absent or empty. */
      readonly found: string | undefined;
      readonly expected: string;
      readonly config: Node;
      /** The entry of the field, where it is written. */
      readonly entry: MapEntry | undefined;
    };

/** The type that a providerConfig must decode to. */
export interface ConfigType {
  readonly apiVersion: string;
  readonly kind: string;
  readonly schema: PreparedSchema;
}

/**
 * Decodes a providerConfig as strictly as the extension's webhook does: every problem in the order of the text.
 * An empty result means that it decodes. (gardener-extension-registry-cache, pkg/admission/validator/helper)
 */
export function decodeProviderConfig(config: MapEntry, path: string, type: ConfigType): readonly DecodeProblem[] {
  const { value: node, key } = config;
  const problems: DecodeProblem[] = [...checkSchema(node, type.schema, { path, span: key.span })];
  if (node.type === "map") problems.push(...versionProblems(node, { path, span: key.span, type }));
  if (problems.length === 0) return problems;
  const old = problems.some((it) => it.kind === "wrong-version" && removedVersion(it.found) !== undefined);
  // Fields of an old version are no mistakes of their own: they move with the version.
  return problems.filter((it) => !old || !isOldField(it)).sort((a, b) => a.span.start - b.span.start);
}

/** The version of RegistryConfig that an apiVersion names, where the extension had it once and has it no more. */
export function removedVersion(apiVersion: string | undefined): "v1alpha1" | "v1alpha2" | undefined {
  if (apiVersion === "registry.extensions.gardener.cloud/v1alpha1") return "v1alpha1";
  return apiVersion === "registry.extensions.gardener.cloud/v1alpha2" ? "v1alpha2" : undefined;
}

function isOldField(problem: DecodeProblem): boolean {
  if (problem.kind !== "unknown-field") return false;
  return /\.caches\[\d+\]\.(?:size|garbageCollectionEnabled|garbageCollection\.enabled)$/.test(problem.path);
}

interface VersionPlace {
  readonly path: string;
  readonly span: Span;
  readonly type: ConfigType;
}

function versionProblems(config: MapNode, { path, span, type }: VersionPlace): readonly DecodeProblem[] {
  const problems: DecodeProblem[] = [];
  const isBare = config.entries.every((it) => it.name === "apiVersion" || it.name === "kind");
  for (const field of ["apiVersion", "kind"] as const) {
    const entry = entryOf(config, field);
    const node = entry?.value;
    if (node !== undefined && !isNull(node) && !(node.type === "scalar" && typeof node.value === "string")) continue;
    const found =
      node?.type === "scalar" && typeof node.value === "string" && node.value !== "" ? node.value : undefined;
    if (found === type[field]) continue;
    // What is not said comes from the type that is decoded into. Its version is the internal one, which has none of the fields.
    if (found === undefined && (field === "kind" || isBare)) continue;
    const place = found === undefined || node === undefined ? (entry?.key.span ?? span) : node.span;
    problems.push({
      kind: "wrong-version",
      path: `${path}.${field}`,
      span: place,
      field,
      found,
      expected: type[field],
      config,
      entry,
    });
  }
  return problems;
}
