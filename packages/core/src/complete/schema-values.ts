import { describeField } from "../schema/field.ts";
import type { Schema } from "../schema/schema.ts";
import type { CompletionSource, Offer } from "./completion.ts";
import { newValue } from "./essentials.ts";
import { fixed, type Scalar } from "./template.ts";
import { usualValues } from "./usual-values.ts";

/** The values that a field takes or often has; in flow style also a whole object or list. */
export const schemaValues: CompletionSource = {
  slot: "value",
  *items({ kind, field, schema, place }) {
    const usual = usualValues(kind, field).filter((it) => !it.example);
    for (const { value, note } of usual) yield { ...toOffer(value, schema, note), rank: 1 };
    if (schema === undefined || usual.some((it) => it.only)) return;
    const told = new Set<Scalar>(usual.map((it) => it.value));
    const isFree = schema.enum === undefined && schema.type !== "boolean";
    for (const value of valuesOf(schema)) {
      if (told.has(value)) continue;
      yield toOffer(value, schema, value === schema.default ? "default" : isFree ? "example" : undefined);
    }
    if (place.flow !== undefined && (schema.type === "object" || schema.type === "array")) {
      const label = schema.type === "object" ? "{}" : "[]";
      yield { label, kind: "snippet", detail: "with what it needs", write: newValue(kind, field, schema) };
    }
  },
};

function valuesOf(schema: Schema): readonly Scalar[] {
  if (schema.enum !== undefined) return schema.enum;
  if (schema.type === "boolean") return [true, false];
  const { default: value, examples = [] } = schema;
  return [...(value === undefined || typeof value === "object" ? [] : [value]), ...examples];
}

function toOffer(value: Scalar, schema: Schema | undefined, note: string | undefined): Offer {
  const isChoice = schema?.enum !== undefined || schema?.type === "boolean";
  return {
    label: String(value),
    kind: isChoice ? "enum" : "value",
    detail: note,
    documentation: schema && describeField(schema),
    write: fixed(value),
    rank: 2,
  };
}
