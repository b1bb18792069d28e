import type { GardenModel } from "./garden-model.ts";
import { readShootModel } from "./read-open-api.ts";
import type { Schema } from "./schema.ts";
import { shootSchema } from "./shoot.ts";

/**
 * Our schema of a Shoot with what a garden says of its own: fields that only the garden knows are known, those that it
 * does not know are marked. Of what both know ours counts: a garden's OpenAPI has no enums, defaults or immutability.
 */
export function refineShootSchema(model: GardenModel): Schema {
  return refine(shootSchema, readShootModel(model));
}

/** The paths by which a refined schema differs from ours, such as `spec.extensions[].type`. */
export interface SchemaDifferences {
  /** What only the garden knows. */
  readonly newer: readonly string[];
  /** What the garden does not know. */
  readonly missing: readonly string[];
}

/** Tells how a refined schema differs from ours, in the order of the schema. */
export function schemaDifferences(refined: Schema): SchemaDifferences {
  const differences = { newer: [], missing: [] };
  collect(refined, "", differences);
  return differences;
}

function refine(ours: Schema, theirs: Schema): Schema {
  if (ours.opaque || ours.readOnly) return ours;
  const { properties, additionalProperties, items } = ours;
  if (items !== undefined) return theirs.items === undefined ? ours : { ...ours, items: refine(items, theirs.items) };
  if (additionalProperties) {
    const values = theirs.additionalProperties;
    return values ? { ...ours, additionalProperties: refine(additionalProperties, values) } : ours;
  }
  if (properties === undefined || theirs.properties === undefined) return ours;
  return { ...ours, properties: refineFields(properties, theirs.properties) };
}

type Properties = NonNullable<Schema["properties"]>;

function refineFields(ours: Properties, theirs: Properties): Properties {
  const known = Object.entries(ours).map(([name, schema]) => {
    const garden = Object.hasOwn(theirs, name) ? theirs[name] : undefined;
    return [name, garden === undefined ? { ...schema, notInGarden: true as const } : refine(schema, garden)] as const;
  });
  const newer = Object.entries(theirs)
    .filter(([name]) => !Object.hasOwn(ours, name))
    .map(([name, schema]) => [name, { ...schema, onlyInGarden: true as const }] as const);
  return Object.fromEntries<Schema>([...known, ...newer]);
}

function collect(
  { properties = {}, items, additionalProperties }: Schema,
  path: string,
  found: { readonly newer: string[]; readonly missing: string[] },
): void {
  for (const [name, schema] of Object.entries(properties)) {
    const inner = path === "" ? name : `${path}.${name}`;
    if (schema.onlyInGarden) found.newer.push(inner);
    else if (schema.notInGarden) found.missing.push(inner);
    else collect(schema, inner, found);
  }
  if (items !== undefined) collect(items, `${path}[]`, found);
  if (additionalProperties) collect(additionalProperties, `${path}.*`, found);
}
