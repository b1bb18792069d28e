import { later } from "../text/later.ts";
import type { Schema } from "./schema.ts";

/** A schema as the check walks it. */
export interface PreparedSchema {
  readonly schema: Schema;
  /** What `typeof` says of a scalar that is right, where nothing more is asked of it. */
  readonly plainType: "string" | "boolean" | "number" | undefined;
  /** What it says of the parts of a value. */
  readonly parts: () => SchemaParts;
}

/** What a schema says of the parts of a value. */
export interface SchemaParts {
  /** The known fields. Names of manifests are looked up by their text; as keys of an object each would first have to be made one. */
  readonly fields: ReadonlyMap<string, PreparedSchema>;
  /** What holds for any other field; without it such a field is unknown, or may hold anything. */
  readonly others: PreparedSchema | undefined;
  readonly items: PreparedSchema | undefined;
  /** The fields that must be there: without those that the server fills in, or that a rule of their own judges. */
  readonly required: readonly string[];
}

/** Prepares a schema for `checkSchema`. */
export function prepareSchema(schema: Schema): PreparedSchema {
  return { schema, plainType: plainTypeOf(schema), parts: later(() => partsOf(schema)) };
}

function partsOf(schema: Schema): SchemaParts {
  const { properties, additionalProperties, items } = schema;
  const fields = new Map<string, PreparedSchema>();
  for (const name in properties) {
    const field = properties[name];
    if (field !== undefined) fields.set(name, prepareSchema(field));
  }
  return {
    fields,
    others: additionalProperties ? prepareSchema(additionalProperties) : undefined,
    items: items && prepareSchema(items),
    required: requiredOf(schema),
  };
}

function plainTypeOf({
  type,
  format,
  enum: allowed,
  deprecated,
  since,
  notInGarden,
}: Schema): PreparedSchema["plainType"] {
  if (notInGarden || format !== undefined || allowed !== undefined || deprecated !== undefined || since !== undefined)
    return undefined;
  return type === "string" || type === "boolean" || type === "number" ? type : undefined;
}

function requiredOf({ properties, required = [] }: Schema): readonly string[] {
  return required.filter((name) => {
    const field = properties?.[name] ?? {};
    return field.judgedBy === undefined && !isFilledIn(field);
  });
}

/** What the server fills in is never missing; nor is an object of which it fills in all that is required. */
function isFilledIn({ default: value, computed, properties, required = [] }: Schema): boolean {
  if (value !== undefined || computed !== undefined) return true;
  return properties !== undefined && required.every((it) => isFilledIn(properties[it] ?? {}));
}
