import type { Schema } from "@registry-cache/core";

/** The type of a field as `kubectl explain` writes it, such as `[]Object` or `map[string]string`. */
export function typeOf({ type, format, items, additionalProperties, opaque }: Schema): string {
  if (items !== undefined) return `[]${typeOf(items)}`;
  if (additionalProperties) return `map[string]${typeOf(additionalProperties)}`;
  if (typeof type === "object") return type.join(" or ");
  if (type === "array") return "[]Object";
  if (type === "object" || opaque) return "Object";
  const named: { readonly [format: string]: string } = {
    quantity: "Quantity",
    duration: "Duration",
    "date-time": "Time",
  };
  return named[format ?? ""] ?? type ?? "any";
}
