import { describeField } from "../schema/field.ts";
import type { Schema } from "../schema/schema.ts";
import { typeName } from "../schema/value-type.ts";
import type { CompletionSource, Offer, Site } from "./completion.ts";
import { essentialFields, newValue } from "./essentials.ts";

/** The fields that the schema knows and the map does not have, those that it needs first. */
export const schemaKeys: CompletionSource = {
  slot: "key",
  items({ kind, field, schema }) {
    // Which keys the data may have depends on those that are there.
    if (kind === "secret" && (field === "data" || field === "stringData")) return [];
    return schema?.properties === undefined ? [] : offersOf({ kind, field }, schema);
  },
};

type Spot = Pick<Site, "kind" | "field">;

/** What a schema was last asked for: while somebody types, the list opens at the same field again and again. */
const lastOffers = new WeakMap<Schema, { readonly spot: Spot; readonly offers: readonly Offer[] }>();

function offersOf({ kind, field }: Spot, schema: Schema): readonly Offer[] {
  const last = lastOffers.get(schema);
  if (last?.spot.kind === kind && last.spot.field === field) return last.offers;
  const needed = new Set(essentialFields(kind, field, schema));
  const offers = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    if (property.readOnly) return [];
    const path = field === "" ? name : `${field}.${name}`;
    return [toOffer(kind, { name, path, property, isNeeded: needed.has(name) })];
  });
  lastOffers.set(schema, { spot: { kind, field }, offers });
  return offers;
}

interface Field {
  readonly name: string;
  readonly path: string;
  readonly property: Schema;
  readonly isNeeded: boolean;
}

function toOffer(kind: Site["kind"], { name, path, property, isNeeded }: Field): Offer {
  const isOld = property.deprecated !== undefined || property.until !== undefined || property.notInGarden === true;
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
