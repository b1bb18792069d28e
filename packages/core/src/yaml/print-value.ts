import { quoteKey, quoteScalar } from "./quote-scalar.ts";

/** Writes a JSON value as YAML, laid out as kubectl does: keys in order, lists not indented. kubectl reads exactly that value. */
export function printYaml(value: unknown): string {
  const lines = linesOf(value);
  return `${lines.join("\n")}\n`;
}

function linesOf(value: unknown): readonly string[] {
  if (Array.isArray(value) && value.length > 0) return value.flatMap((it) => asItem(linesOf(it)));
  const entries = isMap(value) ? entriesOf(value) : [];
  return entries.length === 0 ? [printScalar(value)] : entries.flatMap(([name, it]) => asEntry(quoteKey(name), it));
}

function entriesOf(value: object): readonly (readonly [string, unknown])[] {
  const entries = Object.entries(value).filter(([, it]) => it !== undefined);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}

function asItem([first = "", ...rest]: readonly string[]): readonly string[] {
  return [`- ${first}`, ...rest.map((it) => `  ${it}`)];
}

function asEntry(key: string, value: unknown): readonly string[] {
  const lines = linesOf(value);
  if (isEmpty(value)) return [`${key}: ${lines[0]}`];
  return [`${key}:`, ...(Array.isArray(value) ? lines : lines.map((it) => `  ${it}`))];
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : !isMap(value) || entriesOf(value).length === 0;
}

function printScalar(value: unknown): string {
  if (typeof value === "string") return quoteScalar(value);
  if (Array.isArray(value)) return "[]";
  if (isMap(value)) return "{}";
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "null";
}

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
