import type { Schema } from "../schema/schema.ts";
import type { DocumentKind } from "./completion.ts";
import { fieldSchema } from "./meaning.ts";
import { fixed, hole, list, type Scalar, type Template } from "./template.ts";
import { usualValues } from "./usual-values.ts";

/**
 * What belongs into a new object beside what its schema requires, in this order. `garbageCollection: {}` and `http: {}` switch
 * off for ever what a person means to set, so they never come empty.
 */
export const essentials: { readonly [kind in DocumentKind]?: { readonly [field: string]: readonly string[] } } = {
  shoot: { "spec.resources[].resourceRef": ["apiVersion", "kind", "name"] },
  registryConfig: {
    "": ["apiVersion", "kind", "caches"],
    "caches[]": ["upstream"],
    "caches[].volume": ["size"],
    "caches[].garbageCollection": ["ttl"],
    "caches[].http": ["tls"],
    "caches[].highAvailability": ["enabled"],
    "caches[].proxy": ["httpsProxy"],
  },
  mirrorConfig: {
    "": ["apiVersion", "kind", "mirrors"],
    "mirrors[]": ["upstream", "hosts"],
    "mirrors[].hosts[]": ["host"],
  },
  secret: { metadata: ["name"], stringData: ["username", "password"], data: ["username", "password"] },
};

/** The names of the fields that a new object should have, in order. */
export function essentialFields(kind: DocumentKind, field: string, schema: Schema): readonly string[] {
  const own = essentials[kind];
  if (own !== undefined && Object.hasOwn(own, field)) return own[field] ?? [];
  return (schema.required ?? []).filter((it) => !isFilledIn(schema.properties?.[it] ?? {}));
}

/** What is written for a new value of a field: with all that it needs, and holes for what a person knows. */
export function newValue(kind: DocumentKind, field: string, schema: Schema): Template {
  const [usual, ...others] = usualValues(kind, field);
  if (usual?.only) return fixed(usual.value);
  if (schema.enum !== undefined && schema.separator === undefined) return hole(...schema.enum);
  if (schema.type === "boolean") return usual?.value === false ? hole(false, true) : hole(true, false);
  if (schema.type === "array" && schema.items !== undefined) {
    return list(newValue(kind, `${field}[]`, schema.items));
  }
  if (schema.type === "object") {
    const names = essentialFields(kind, field, schema);
    const entries = names.map((name): readonly [string, Template] => {
      const path = field === "" ? name : `${field}.${name}`;
      return [name, newValue(kind, path, fieldSchema(schema, name) ?? {})];
    });
    return { form: "map", entries };
  }
  const proposed = usual?.value ?? firstOf(schema);
  return others.length > 0 || proposed !== undefined ? hole(proposed ?? "") : hole();
}

function firstOf({ default: value, examples }: Schema): Scalar | undefined {
  return typeof value === "object" ? examples?.[0] : (value ?? examples?.[0]);
}

/** What the server fills in need not be written, nor an object of which it fills in all that is required. */
function isFilledIn({ default: value, computed, properties, required = [] }: Schema): boolean {
  if (value !== undefined || computed !== undefined) return true;
  return properties !== undefined && required.every((it) => isFilledIn(properties[it] ?? {}));
}
