import { decodeBase64 } from "../encoding/base64.ts";
import { isCidr } from "../formats/cidr.ts";
import { parseDuration } from "../formats/duration.ts";
import { parseQuantityValue } from "../formats/quantity.ts";
import { isDateTime, isTimeOfDay } from "../formats/time.ts";
import type { ScalarNode } from "../yaml/node.ts";
import type { SchemaFormat } from "./schema.ts";

/** What keeps a scalar of the right type from being written as its format asks; undefined when nothing does. */
export function formatProblem(node: ScalarNode, format: SchemaFormat): string | undefined {
  return checks[format](node);
}

// What nearly all quantities and durations look like: they need no exact value to be known as sound.
const usualQuantity = /^\d{1,6}(?:[KMGT]i|[mkMGT])?$/;
const usualDuration = /^\d{1,3}[smh]$/;

const checks: { readonly [format in SchemaFormat]: (node: ScalarNode) => string | undefined } = {
  quantity: ({ value }) => {
    if (typeof value === "string" && usualQuantity.test(value)) return undefined;
    const parsed = value === null ? undefined : parseQuantityValue(value);
    return parsed === undefined || parsed.ok ? undefined : parsed.error;
  },
  duration: ({ text }) => {
    if (usualDuration.test(text)) return undefined;
    const parsed = parseDuration(text);
    return parsed.ok ? undefined : parsed.error;
  },
  byte: ({ text }) => (decodeBase64(text) === undefined ? "not base64" : undefined),
  int32: (node) => (fits(node, 2 ** 31) ? undefined : "it does not fit into 32 bits"),
  int64: (node) => (fits(node, 2 ** 63) ? undefined : "it does not fit into 64 bits"),
  "int-or-percent": ({ value }) =>
    typeof value !== "string" || /^[0-9]+%$/.test(value) ? undefined : "a percentage is digits and %",
  "date-time": ({ text }) => (isDateTime(text) ? undefined : "it has no such form"),
  "time-of-day": ({ text }) => (isTimeOfDay(text) ? undefined : "it has no such form"),
  cidr: ({ text }) => (isCidr(text) ? undefined : "it has no such form"),
};

function fits({ value }: ScalarNode, limit: number): boolean {
  return (typeof value !== "number" && typeof value !== "bigint") || (value >= -limit && value < limit);
}
