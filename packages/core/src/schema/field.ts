import { immutabilities, type Schema } from "./schema.ts";

/** What else is said of a field beside its type and description. */
export type More = Omit<Schema, "type" | "description" | "properties" | "additionalProperties" | "items">;

/** A string. */
export function text(description: string, more?: More): Schema {
  return { type: "string", description, ...more };
}

/** True or false. */
export function flag(description: string, more?: More): Schema {
  return { type: "boolean", description, ...more };
}

/** A whole number of 32 bits. */
export function whole(description: string, more?: More): Schema {
  return { type: "integer", format: "int32", description, ...more };
}

/** A whole number of 64 bits. */
export function long(description: string, more?: More): Schema {
  return { type: "integer", format: "int64", description, ...more };
}

/** A number. */
export function fraction(description: string, more?: More): Schema {
  return { type: "number", description, ...more };
}

/** A Go duration such as 30m. */
export function duration(description: string, more?: More): Schema {
  return { type: "string", format: "duration", description, ...more };
}

/** A Kubernetes quantity such as 10Gi or 500m. */
export function quantity(description: string, more?: More): Schema {
  return { type: "string", format: "quantity", description, ...more };
}

/** A point in time as RFC 3339 writes it. */
export function moment(description: string, more?: More): Schema {
  return { type: "string", format: "date-time", description, ...more };
}

/** A whole number, or a percentage such as 25%. */
export function share(description: string, more?: More): Schema {
  return { type: ["integer", "string"], format: "int-or-percent", description, ...more };
}

/** The configuration of some extension, which only that extension can judge. */
export function opaque(description: string): Schema {
  return { type: "object", description, opaque: true };
}

/** A list of such items. */
export function list(description: string, items: Schema, more?: More): Schema {
  return { type: "array", description, items, ...more };
}

/** An object whose keys are free and whose values are alike. */
export function table(description: string, values: Schema, more?: More): Schema {
  return { type: "object", description, additionalProperties: values, ...more };
}

/** An object with these fields and no others. */
export function group(description: string, properties: { readonly [name: string]: Schema }, more?: More): Schema {
  return { type: "object", description, additionalProperties: false, properties, ...more };
}

/** All that is to be said of a field: what it is for, its default, whether it can change, what replaces it, and where it is there at all. */
export function describeField(schema: Schema): string {
  const { description, computed, deprecated, immutable, since, until, readOnly, notInGarden, onlyInGarden } = schema;
  const filled = schema.default === undefined ? computed : literal(schema.default);
  const parts = [
    description,
    filled && `Default: ${filled}.`,
    immutable && immutabilities[immutable],
    deprecated && `Deprecated: ${deprecated}.`,
    since && `It needs Kubernetes ${since} or newer.`,
    until && `Kubernetes ${until} and newer refuse it.`,
    readOnly && "Set by the server.",
    notInGarden && "The garden does not have it.",
    onlyInGarden && "Only the garden knows it, this program does not.",
  ];
  return parts.filter((it) => it !== undefined && it !== "").join(" ");
}

function literal(value: NonNullable<Schema["default"]>): string {
  return typeof value === "object" ? value.join(", ") : String(value);
}
