import { decodeBase64 } from "../encoding/base64.ts";
import { parseDuration } from "../formats/duration.ts";
import { parseQuantityValue } from "../formats/quantity.ts";
import type { Span } from "../text/span.ts";
import { isNull, type MapEntry, type MapNode, type Node, type ScalarNode } from "../yaml/node.ts";
import type { Schema } from "./schema.ts";

/** One place where a value does not fit its schema. `path` is the field's path; `span` is the key of an unknown field,
 * the parent's key (or the parent, where it has none) of a missing one, and the value otherwise. */
export type SchemaProblem = SchemaPlace &
  (
    | {
        readonly kind: "unknown-field";
        readonly name: string;
        readonly entry: MapEntry;
        readonly parent: MapNode;
        readonly known: readonly string[];
      }
    | { readonly kind: "missing-field"; readonly name: string; readonly parent: MapNode }
    | { readonly kind: "wrong-type"; readonly expected: string; readonly found: string; readonly node: Node }
    | {
        readonly kind: "unsupported-value";
        readonly value: string;
        readonly allowed: readonly string[];
        readonly node: ScalarNode;
      }
    | { readonly kind: "bad-format"; readonly format: string; readonly detail: string; readonly node: ScalarNode }
  );

interface SchemaPlace {
  readonly path: string;
  readonly span: Span;
}

/** Checks a value against a schema, on the located tree itself, and reports problems in the order of the text. */
export function checkSchema(node: Node, schema: Schema, place: SchemaPlace): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  check(node, schema, place, problems);
  return problems;
}

function check(node: Node, schema: Schema, place: SchemaPlace, problems: SchemaProblem[]): void {
  if (isNull(node)) checkNull(node, schema, place, problems);
  else if (schema.type !== undefined && !hasType(node, schema)) {
    const expected = schema.format === "quantity" ? "a quantity" : typeNames[schema.type];
    problems.push({
      kind: "wrong-type",
      path: place.path,
      span: valueSpan(node),
      expected,
      found: foundType(node),
      node,
    });
  } else if (node.type === "map") checkMap(node, schema, place, problems);
  else if (node.type === "seq") {
    const { items } = schema;
    if (items === undefined) return;
    node.items.forEach((item, index) => {
      check(item.value, items, { path: `${place.path}[${index}]`, span: item.span }, problems);
    });
  } else checkScalar(node, schema, place.path, problems);
}

/** Null is absent, but not for a duration: Go's decoder reads it as an empty text, which is none. */
function checkNull(node: Node, { format }: Schema, { path, span }: SchemaPlace, problems: SchemaProblem[]): void {
  if (format !== "duration" || node.type !== "scalar") return;
  const where = node.style === "empty" ? span : node.span;
  problems.push({ kind: "bad-format", path, span: where, format, detail: "it is empty", node });
}

function checkMap(node: MapNode, schema: Schema, place: SchemaPlace, problems: SchemaProblem[]): void {
  const { properties, additionalProperties } = schema;
  for (const entry of node.entries) {
    const { name, value, key } = entry;
    // A name from a manifest must not find what every object inherits, such as "constructor".
    const known = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
    const inner = known ?? (additionalProperties || undefined);
    const path = joinPath(place.path, name);
    if (inner !== undefined) check(value, inner, { path, span: key.span }, problems);
    else if (additionalProperties === false) {
      const names = Object.keys(properties ?? {});
      problems.push({ kind: "unknown-field", path, span: key.span, name, entry, parent: node, known: names });
    }
  }
  for (const name of schema.required ?? []) {
    if (node.entries.some((it) => it.name === name && !isNull(it.value))) continue;
    problems.push({ kind: "missing-field", path: joinPath(place.path, name), span: place.span, name, parent: node });
  }
}

function checkScalar(node: ScalarNode, schema: Schema, path: string, problems: SchemaProblem[]): void {
  const { value } = node;
  if (schema.enum !== undefined && typeof value === "string" && !schema.enum.includes(value)) {
    problems.push({ kind: "unsupported-value", path, span: node.span, value, allowed: schema.enum, node });
  }
  if (schema.format === undefined) return;
  const detail = formatProblem(node, schema.format);
  if (detail !== undefined)
    problems.push({ kind: "bad-format", path, span: node.span, format: schema.format, detail, node });
}

function formatProblem(node: ScalarNode, format: NonNullable<Schema["format"]>): string | undefined {
  switch (format) {
    case "quantity": {
      const parsed = node.value === null ? undefined : parseQuantityValue(node.value);
      return parsed === undefined || parsed.ok ? undefined : parsed.error;
    }
    case "duration": {
      const parsed = parseDuration(node.text);
      return parsed.ok ? undefined : parsed.error;
    }
    case "byte":
      return decodeBase64(node.text) === undefined ? "not base64" : undefined;
  }
}

function hasType(node: Node, { type, format }: Schema): boolean {
  if (type === undefined) return true;
  switch (type) {
    case "object":
      return node.type === "map";
    case "array":
      return node.type === "seq";
    case "string":
      if (node.type !== "scalar") return false;
      return typeof node.value === "string" || (format === "quantity" && isNumeric(node));
    case "boolean":
      return node.type === "scalar" && typeof node.value === "boolean";
    case "number":
      return node.type === "scalar" && isNumeric(node);
    case "integer":
      return node.type === "scalar" && (typeof node.value === "bigint" || Number.isInteger(node.value));
  }
}

function isNumeric({ value }: ScalarNode): boolean {
  return typeof value === "number" || typeof value === "bigint";
}

const typeNames = {
  object: "a map",
  array: "a list",
  string: "a string",
  boolean: "true or false",
  integer: "a whole number",
  number: "a number",
} as const;

/** Names the type only: the value may be a secret. */
function foundType(node: Node): string {
  if (node.type === "map") return "a map";
  if (node.type === "seq") return "a list";
  const type = typeof node.value;
  return type === "bigint" ? "a number" : `a ${type}`;
}

/** A whole map or list as a span would paint half the file; its first line says enough. */
function valueSpan(node: Node): Span {
  if (node.type === "scalar") return node.span;
  const first = node.type === "map" ? node.written[0]?.key.span : node.items[0]?.span;
  return node.flow || first === undefined
    ? node.span
    : { start: node.span.start, end: Math.min(first.end, node.span.end) };
}

/** Appends a field's name to a path as Kubernetes prints it; a name with other characters goes in brackets. */
export function joinPath(path: string, name: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(name)) return `${path}[${name}]`;
  return path === "" ? name : `${path}.${name}`;
}
