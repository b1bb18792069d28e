import type { ManifestText } from "../manifest/manifest.ts";
import { settingsFileName } from "../manifest/settings.ts";
import type { Schema } from "../schema/schema.ts";
import { schemas } from "../schema/schemas.ts";
import type { CursorPlace } from "../yaml/cursor-place.ts";
import type { DocumentKind } from "./completion.ts";

/** What a place means: the kind of what it is in, how many steps of its path lie before that, and its path and schema in there. */
export interface Meaning {
  readonly kind: DocumentKind;
  readonly depth: number;
  readonly field: string;
  readonly schema: Schema | undefined;
}

/** Finds out what a place means by what is written around it: kind and apiVersion of its document, the type of its extension. */
export function meaningOf({ uri, shootSchema }: ManifestText, place: CursorPlace): Meaning {
  const { kind, depth } = innermost(place, outermost(uri, place));
  const steps = place.path.slice(depth);
  return {
    kind,
    depth,
    field: joinSteps(steps),
    schema: kind === "unknown" ? undefined : follow(schemaOf(kind, shootSchema), steps),
  };
}

function schemaOf(kind: keyof typeof schemas, shootSchema: ManifestText["shootSchema"]): Schema {
  return kind === "shoot" && shootSchema !== undefined ? shootSchema.schema : schemas[kind];
}

/** The value of a key of the map at a depth of a place's path, as far as it stands on the key's line. */
export function scalarAt({ levels }: CursorPlace, depth: number, key: string): string | undefined {
  return levels[depth]?.findLast((it) => it.name === key)?.value;
}

interface Kinded {
  readonly kind: DocumentKind;
  readonly depth: number;
}

function outermost(uri: string, place: CursorPlace): Kinded {
  if (uri.slice(uri.lastIndexOf("/") + 1) === settingsFileName) return { kind: "settings", depth: 0 };
  const isList = scalarAt(place, 0, "kind")?.endsWith("List") === true && place.path[0] === "items";
  const depth = isList && place.path.length > 1 ? 2 : 0;
  return { kind: kindOf(scalarAt(place, depth, "kind"), scalarAt(place, depth, "apiVersion")), depth };
}

/** Kind or apiVersion alone say enough while the other is still missing. */
function kindOf(kind: string | undefined, apiVersion = ""): DocumentKind {
  if (kind === undefined || kind === "") {
    const group = apiVersion.split("/")[0] ?? "";
    return Object.hasOwn(kindsOfGroups, group) ? (kindsOfGroups[group] ?? "unknown") : "unknown";
  }
  if (kind === "Shoot" && (apiVersion === "" || /^core\.gardener\.cloud\b/.test(apiVersion))) return "shoot";
  if (kind === "Secret" && !apiVersion.includes("/")) return "secret";
  if (kind === "RegistryConfig") return "registryConfig";
  return kind === "MirrorConfig" ? "mirrorConfig" : "unknown";
}

const kindsOfGroups: { readonly [group: string]: DocumentKind } = {
  "core.gardener.cloud": "shoot",
  "registry.extensions.gardener.cloud": "registryConfig",
  "mirror.extensions.gardener.cloud": "mirrorConfig",
};

/** Within the configuration of an extension its own kind counts. */
function innermost(place: CursorPlace, outer: Kinded): Kinded {
  const { kind, depth } = outer;
  const [spec, extensions, , config] = place.path.slice(depth);
  if (kind !== "shoot" || spec !== "spec" || extensions !== "extensions" || config !== "providerConfig") return outer;
  const type = scalarAt(place, depth + 3, "type");
  const inner = depth + 4;
  if (type === "registry-cache") return { kind: "registryConfig", depth: inner };
  if (type === "registry-mirror") return { kind: "mirrorConfig", depth: inner };
  const own = kindOf(scalarAt(place, inner, "kind"), scalarAt(place, inner, "apiVersion"));
  return type === undefined && (own === "registryConfig" || own === "mirrorConfig")
    ? { kind: own, depth: inner }
    : outer;
}

/** A path as rules and schemas write it: `caches[].upstream`. */
function joinSteps(steps: CursorPlace["path"]): string {
  return steps.reduce<string>((path, step) => {
    if (typeof step === "number") return `${path}[]`;
    return path === "" ? step : `${path}.${step}`;
  }, "");
}

function follow(schema: Schema, steps: CursorPlace["path"]): Schema | undefined {
  let at: Schema | undefined = schema;
  for (const step of steps) {
    if (at === undefined) return undefined;
    at = typeof step === "number" ? at.items : fieldSchema(at, step);
  }
  return at;
}

/** What a schema says of a field of its object. */
export function fieldSchema({ properties, additionalProperties }: Schema, name: string): Schema | undefined {
  // A name from a manifest must not find what every object inherits, such as "constructor".
  if (properties !== undefined && Object.hasOwn(properties, name)) return properties[name];
  return additionalProperties || undefined;
}
