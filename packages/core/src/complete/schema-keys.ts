import { describeField } from "../schema/field.ts";
import type { Schema } from "../schema/schema.ts";
import { typeName } from "../schema/value-type.ts";
import type { CompletionSource, Offer, Site } from "./completion.ts";
import { essentialFields, newValue } from "./essentials.ts";

/** The fields that the schema knows and the map does not have, those that it needs first. */
export const schemaKeys: CompletionSource = {
  slot: "key",
  *items({ kind, field, schema, place }) {
    // Which keys the data may have depends on those that are there.
    if (kind === "secret" && (field === "data" || field === "stringData")) return;
    const { properties } = schema ?? {};
    if (schema === undefined || properties === undefined) return;
    const needed = new Set(essentialFields(kind, field, schema));
    for (const [name, property] of Object.entries(properties)) {
      if (property.readOnly) continue;
      yield toOffer(
        { kind, place },
        { name, path: field === "" ? name : `${field}.${name}`, property, isNeeded: needed.has(name) },
      );
    }
  },
};

interface Field {
  readonly name: string;
  readonly path: string;
  readonly property: Schema;
  readonly isNeeded: boolean;
}

function toOffer({ kind }: Pick<Site, "kind" | "place">, { name, path, property, isNeeded }: Field): Offer {
  const isOld = property.deprecated !== undefined || property.until !== undefined;
  const type = typeName(property);
  return {
    label: name,
    kind: "property",
    detail: isNeeded ? `${type}, needed` : type,
    documentation: describeField(property),
    ...(isCollection(property) ? { write: newValue(kind, path, property) } : {}),
    deprecated: isOld,
    rank: isOld ? 8 : isNeeded ? 1 : 3,
  };
}

/** A scalar's own value is proposed next; what holds others comes with what it needs. */
function isCollection({ type }: Schema): boolean {
  return type === "object" || type === "array";
}
