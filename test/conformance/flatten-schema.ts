import type { Schema } from "@registry-cache/core";

/** One field of a schema, with what holds it. */
export interface SchemaField {
  /** Its path: `[]` stands for the items of a list, `.*` for the values of a map. */
  readonly path: string;
  readonly schema: Schema;
  readonly required: boolean;
  /** The server writes it, or something that holds it. */
  readonly readOnly: boolean;
}

/** All fields of a schema, each before those below it. */
export function flattenSchema(schema: Schema, path = "", readOnly = false): readonly SchemaField[] {
  const fields: SchemaField[] = [];
  const add = (child: string, inner: Schema, required: boolean): void => {
    const inherited = readOnly || inner.readOnly === true;
    fields.push({ path: child, schema: inner, required, readOnly: inherited });
    fields.push(...flattenSchema(inner, child, inherited));
  };
  for (const [name, inner] of Object.entries(schema.properties ?? {})) {
    add(childPath(path, name), inner, schema.required?.includes(name) === true);
  }
  if (schema.items !== undefined) add(`${path}[]`, schema.items, false);
  if (typeof schema.additionalProperties === "object") add(`${path}.*`, schema.additionalProperties, false);
  return fields;
}

function childPath(path: string, name: string): string {
  if (!/^[\w-]+$/.test(name)) return `${path}["${name}"]`;
  return path === "" ? name : `${path}.${name}`;
}
