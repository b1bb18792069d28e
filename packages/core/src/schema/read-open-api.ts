import { type Fields, fieldsAt, type GardenModel, referenceOf } from "./garden-model.ts";
import type { Schema, SchemaFormat } from "./schema.ts";

/** The Shoot as a garden describes it, in the terms of our schemas. What OpenAPI says in none of them may be anything. */
export function readShootModel({ root, components }: GardenModel): Schema {
  return read({ $ref: `#/components/schemas/${root}` }, { components, within: new Set() });
}

interface Walk {
  readonly components: Fields;
  /** The components that are being read: one that holds itself is not followed for ever. */
  readonly within: ReadonlySet<string>;
}

function read(schema: Fields, walk: Walk): Schema {
  const name = referenceOf(schema);
  const described = description(schema);
  if (name === undefined) return { ...described, ...readPlain(schema, walk) };
  const special = specials.find((it) => name.endsWith(it.suffix));
  if (special !== undefined) return { ...described, ...special.schema };
  const target = fieldsAt(walk.components, name);
  if (target === undefined || walk.within.has(name)) return described;
  return { ...read(target, { ...walk, within: new Set([...walk.within, name]) }), ...described };
}

/** Types of Go that are written as something else; OpenAPI does not say as what. */
const specials: readonly { readonly suffix: string; readonly schema: Schema }[] = [
  { suffix: ".util.intstr.IntOrString", schema: { type: ["integer", "string"] } },
  { suffix: ".api.resource.Quantity", schema: { type: "string", format: "quantity" } },
  { suffix: ".meta.v1.Duration", schema: { type: "string", format: "duration" } },
  { suffix: ".meta.v1.Time", schema: { type: "string", format: "date-time" } },
  { suffix: ".runtime.RawExtension", schema: { type: "object", opaque: true } },
];

function readPlain(schema: Fields, walk: Walk): Schema {
  switch (schema["type"]) {
    case "string":
      return { type: "string", ...formatOf(schema, ["byte", "date-time"]), ...enumOf(schema) };
    case "integer":
      return { type: "integer", ...formatOf(schema, ["int32", "int64"]) };
    case "boolean":
    case "number":
      return { type: schema["type"] };
    case "array":
      return { type: "array", ...itemsOf(schema, walk) };
    case "object":
      return { type: "object", ...contentOf(schema, walk) };
    default:
      return {};
  }
}

function itemsOf(schema: Fields, walk: Walk): Schema {
  const items = fieldsAt(schema, "items");
  return items === undefined ? {} : { items: read(items, walk) };
}

/** An object with fields has these and no others; one without says nothing of them, or is a map. */
function contentOf(schema: Fields, walk: Walk): Schema {
  const values = fieldsAt(schema, "additionalProperties");
  if (values !== undefined) return { additionalProperties: read(values, walk) };
  const fields = fieldsAt(schema, "properties");
  if (fields === undefined) return {};
  const known = Object.keys(fields).map((name) => [name, read(fieldsAt(fields, name) ?? {}, walk)] as const);
  return { properties: Object.fromEntries(known), additionalProperties: false };
}

function formatOf(schema: Fields, known: readonly SchemaFormat[]): Schema {
  const format = known.find((it) => it === schema["format"]);
  return format === undefined ? {} : { format };
}

function enumOf(schema: Fields): Schema {
  const values = schema["enum"];
  const isList = Array.isArray(values) && values.length > 0 && values.every((it) => typeof it === "string");
  return isList ? { enum: values } : {};
}

function description(schema: Fields): Schema {
  const text = schema["description"];
  return typeof text === "string" && text !== "" ? { description: text } : {};
}
