import type { ManifestFile } from "../manifest/manifest.ts";
import { describeField } from "../schema/field.ts";
import type { Schema } from "../schema/schema.ts";
import { typeName } from "../schema/value-type.ts";
import { fieldAt } from "./field-at.ts";
import type { Hover } from "./hover.ts";
import { code, plain } from "./markdown.ts";

/** Says what a field is for, and what its value may be. */
export function hoverField(file: ManifestFile, offset: number): Hover | undefined {
  const field = fieldAt(file, offset);
  if (field === undefined) return undefined;
  const { name, schema, span } = field;
  const parts = [
    `**${plain(name)}**: ${typeOf(schema)}`,
    plain(describeField(schema)),
    choicesOf(schema),
    examplesOf(schema),
  ];
  return { span, markdown: parts.filter((it) => it !== "").join("\n\n") };
}

function typeOf(schema: Schema): string {
  const { format, items, type } = schema;
  if (format !== undefined) return formatNames[format];
  return type === "array" && items !== undefined ? `a list, each ${typeName(items)}` : typeName(schema);
}

const formatNames: { readonly [format in NonNullable<Schema["format"]>]: string } = {
  quantity: "a quantity, such as 10Gi",
  duration: "a duration, such as 30m or 168h",
  byte: "a string in base64",
  "date-time": "a time, such as 2006-01-02T15:04:05Z",
  int32: "a whole number",
  int64: "a whole number",
  "int-or-percent": "a whole number or a percentage",
  cidr: "a range of addresses, such as 10.0.0.0/16",
  "time-of-day": "a time of day with its zone, such as 220000+0100",
};

function choicesOf(schema: Schema): string {
  const choices = schema.enum ?? schema.items?.enum ?? [];
  return choices.length === 0
    ? ""
    : `Allowed: ${choices.map(code).join(", ")}${schema.lenient ? ", among others" : ""}`;
}

function examplesOf({ examples = [] }: Schema): string {
  return examples.length === 0 ? "" : `Example: ${examples.map(code).join(", ")}`;
}
