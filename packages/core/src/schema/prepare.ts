import type { Schema } from "./schema.ts";

/** A schema as the check walks it: what can be known of each value before any manifest is seen is worked out once. */
export interface PreparedSchema {
  readonly schema: Schema;
  /** The known fields. Names of manifests are looked up by their text; as keys of an object each would first have to be made one. */
  readonly fields: ReadonlyMap<string, PreparedSchema>;
  /** What holds for any other field; without it such a field is unknown, or may hold anything. */
  readonly others: PreparedSchema | undefined;
  readonly items: PreparedSchema | undefined;
  /** What `typeof` says of a scalar that is right, where nothing more is asked of it. */
  readonly plainType: "string" | "boolean" | "number" | undefined;
  /** The fields that must be there: without those that the server fills in, or that a rule of their own judges. */
  readonly required: readonly string[];
}

/** Prepares a schema for `checkSchema`. */
export function prepareSchema(schema: Schema): PreparedSchema {
  const { properties, additionalProperties, items, readOnly } = schema;
  // What the server writes is not checked, so nothing below it is looked at.
  const own = readOnly ? [] : Object.entries(properties ?? {});
  return {
    schema,
    fields: own.length === 0 ? noFields : new Map(own.map(([name, it]) => [name, prepareSchema(it)])),
    others: additionalProperties && !readOnly ? prepareSchema(additionalProperties) : undefined,
    items: items && !readOnly ? prepareSchema(items) : undefined,
    plainType: plainTypeOf(schema),
    required: requiredOf(schema),
  };
}

const noFields: ReadonlyMap<string, PreparedSchema> = new Map();

function plainTypeOf({ type, format, enum: allowed, deprecated, since }: Schema): PreparedSchema["plainType"] {
  if (format !== undefined || allowed !== undefined || deprecated !== undefined || since !== undefined)
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
