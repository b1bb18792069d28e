import type { Span } from "../text/span.ts";
import {
  fieldOf,
  isNull,
  type MapEntry,
  type MapNode,
  type Node,
  type ScalarNode,
  type SeqItem,
} from "../yaml/node.ts";
import { formatProblem } from "./format.ts";
import type { PreparedSchema } from "./prepare.ts";
import type { Schema, SchemaFormat } from "./schema.ts";
import { foundType, hasType, typeName } from "./value-type.ts";

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
    /** A field that we know and the garden does not. */
    | {
        readonly kind: "field-not-in-garden";
        readonly name: string;
        readonly entry: MapEntry;
        readonly parent: MapNode;
      }
    | { readonly kind: "missing-field"; readonly name: string; readonly parent: MapNode; readonly schema: Schema }
    | { readonly kind: "wrong-type"; readonly expected: string; readonly found: string; readonly node: Node }
    | {
        readonly kind: "unsupported-value";
        /** The value, or the one of several that is not supported. */
        readonly value: string;
        readonly allowed: readonly string[];
        readonly node: ScalarNode;
        readonly schema: Schema;
      }
    | { readonly kind: "bad-format"; readonly format: SchemaFormat; readonly detail: string; readonly node: ScalarNode }
    /** No problem by itself: the field is deprecated, or not there in every version of Kubernetes. */
    | {
        readonly kind: "restricted-field";
        readonly name: string;
        readonly entry: MapEntry;
        readonly parent: MapNode;
        readonly schema: Schema;
      }
  );

interface SchemaPlace {
  readonly path: string;
  readonly span: Span;
}

/** How to check, where it differs from a configuration that is written as a whole. */
export interface CheckOptions {
  /** The value is only a part, such as a patch: what it does not say, others may. */
  readonly partial?: boolean;
}

/** What is known on the way down: the names and indexes that lead to a value, and what was found. */
interface Walk {
  readonly base: string;
  readonly partial: boolean;
  readonly steps: (string | number)[];
  readonly problems: SchemaProblem[];
}

/** Where a value is held: the place that stands for it when a field is missing, and whether it must be complete. */
interface Holder {
  readonly span: Span;
  readonly complete: boolean;
}

/** Checks a value against a schema, on the located tree itself, and reports problems in the order of the text. */
export function checkSchema(
  node: Node,
  schema: PreparedSchema,
  place: SchemaPlace,
  { partial = false }: CheckOptions = {},
): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  check({ base: place.path, partial, steps: [], problems }, node, schema, { span: place.span, complete: !partial });
  return problems;
}

function check(walk: Walk, node: Node, prepared: PreparedSchema, holder: Holder): void {
  const { schema } = prepared;
  if (isNull(node)) checkNull(walk, node, schema, holder);
  else if (schema.type !== undefined && !hasType(node, schema)) {
    const expected = typeName(schema);
    walk.problems.push({
      kind: "wrong-type",
      path: pathOf(walk),
      span: valueSpan(node),
      expected,
      found: foundType(node),
      node,
    });
  } else if (node.type === "scalar") checkScalar(walk, node, schema);
  else if (node.type === "map") checkMap(walk, node, prepared, holder);
  else checkItems(walk, node.items, prepared, holder.complete);
}

/** Null is absent, but not for a value that Go's decoder reads without a pointer: it reads an empty text, which is none. */
function checkNull(walk: Walk, node: Node, { format, nullable }: Schema, { span }: Holder): void {
  if (nullable !== false || format === undefined || node.type !== "scalar") return;
  const where = node.style === "empty" ? span : node.span;
  walk.problems.push({ kind: "bad-format", path: pathOf(walk), span: where, format, detail: "it is empty", node });
}

/** A merge replaces a list as a whole, so its items are complete even in a patch, unless they are merged one by one. */
function checkItems(walk: Walk, items: readonly SeqItem[], prepared: PreparedSchema, complete: boolean): void {
  const { items: inner } = prepared.parts();
  if (inner === undefined) return;
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    if (item === undefined || isPlainlyRight(item.value, inner)) continue;
    walk.steps.push(index);
    check(walk, item.value, inner, {
      span: itemSpan(item),
      complete: complete || prepared.schema.mergeKey === undefined,
    });
    walk.steps.pop();
  }
}

function checkMap(walk: Walk, node: MapNode, prepared: PreparedSchema, { span, complete }: Holder): void {
  const { schema } = prepared;
  const { fields, others, required } = prepared.parts();
  for (const entry of node.entries) {
    const inner = fields.get(entry.name) ?? others;
    if (inner === undefined ? schema.additionalProperties !== false : isPlainlyRight(entry.value, inner)) continue;
    walk.steps.push(entry.name);
    if (inner === undefined) pushUnknown(walk, entry, node, schema.properties);
    else if (!inner.schema.readOnly) {
      const { deprecated, since, notInGarden } = inner.schema;
      if (notInGarden) pushNotInGarden(walk, entry, node);
      if (deprecated !== undefined || since !== undefined) pushRestricted(walk, entry, node, inner.schema);
      check(walk, entry.value, inner, { span: entry.key.span, complete });
    }
    walk.steps.pop();
  }
  if (complete && required.length > 0) checkRequired(walk, node, prepared, span);
}

/** Most values are scalars of the type asked for, of which nothing more is asked: no path to them has to be known. */
function isPlainlyRight(node: Node, { plainType }: PreparedSchema): boolean {
  return plainType !== undefined && node.type === "scalar" && typeof node.value === plainType;
}

function checkRequired(walk: Walk, node: MapNode, prepared: PreparedSchema, span: Span): void {
  const { schema } = prepared;
  for (const name of prepared.parts().required) {
    if (fieldOf(node, name) !== undefined) continue;
    const path = joinPath(pathOf(walk), name);
    const field = schema.properties?.[name] ?? {};
    walk.problems.push({ kind: "missing-field", path, span, name, parent: node, schema: field });
  }
}

function pushUnknown(walk: Walk, entry: MapEntry, parent: MapNode, properties: Schema["properties"]): void {
  const { name, key } = entry;
  // A strategic merge patch gives orders in fields of its own, such as $patch: delete.
  if (walk.partial && name.startsWith("$")) return;
  const known = Object.keys(properties ?? {});
  walk.problems.push({ kind: "unknown-field", path: pathOf(walk), span: key.span, name, entry, parent, known });
}

function pushNotInGarden(walk: Walk, entry: MapEntry, parent: MapNode): void {
  if (isNull(entry.value)) return;
  const { name, key } = entry;
  walk.problems.push({ kind: "field-not-in-garden", path: pathOf(walk), span: key.span, name, entry, parent });
}

function pushRestricted(walk: Walk, entry: MapEntry, parent: MapNode, schema: Schema): void {
  if (isNull(entry.value)) return;
  const { name, key } = entry;
  walk.problems.push({ kind: "restricted-field", path: pathOf(walk), span: key.span, name, entry, parent, schema });
}

function checkScalar(walk: Walk, node: ScalarNode, schema: Schema): void {
  if (schema.enum !== undefined && schema.judgedBy === undefined) checkEnum(walk, node, schema, schema.enum);
  const { format } = schema;
  if (format === undefined) return;
  const detail = formatProblem(node, format);
  if (detail !== undefined)
    walk.problems.push({ kind: "bad-format", path: pathOf(walk), span: node.span, format, detail, node });
}

function checkEnum(walk: Walk, node: ScalarNode, schema: Schema, allowed: readonly string[]): void {
  if (typeof node.value !== "string" || allowed.includes(node.value)) return;
  const { separator } = schema;
  if (separator === undefined) {
    const { value, span } = node;
    walk.problems.push({ kind: "unsupported-value", path: pathOf(walk), span, value, allowed, node, schema });
    return;
  }
  let start = 0;
  for (const part of node.text.split(separator)) {
    const value = part.trim();
    const span = partSpan(node, start + part.indexOf(value), value.length);
    start += part.length + 1;
    // rollout-workers=pool-a,pool-b names worker pools.
    if (allowed.includes(value.replace(/^((?:rotate-)?rollout-workers)=.*$/, "$1"))) continue;
    walk.problems.push({ kind: "unsupported-value", path: pathOf(walk), span, value, allowed, node, schema });
  }
}

/** The place of a part of a scalar's text, as far as it stands in the file as it is read; the whole scalar otherwise. */
function partSpan({ span, text }: ScalarNode, offset: number, length: number): Span {
  const quotes = span.end - span.start - text.length;
  if (length === 0 || (quotes !== 0 && quotes !== 2)) return span;
  const start = span.start + quotes / 2 + offset;
  return { start, end: start + length };
}

/** A whole map or list as a span would paint half the file; its first line says enough. */
function valueSpan(node: Node): Span {
  if (node.type === "scalar") return node.span;
  const first = node.type === "map" ? node.written[0]?.key.span : node.items[0]?.span;
  return node.flow || first === undefined
    ? node.span
    : { start: node.span.start, end: Math.min(first.end, node.span.end) };
}

/** For an item, its first line too. */
function itemSpan({ span, value, alias }: SeqItem): Span {
  if (value.type !== "map" || value.flow || alias !== undefined) return span;
  const first = value.written[0];
  if (first === undefined) return span;
  const end = first.value.type === "scalar" ? first.span.end : first.key.span.end;
  return { start: span.start, end: Math.min(end, span.end) };
}

function pathOf({ base, steps }: Walk): string {
  return steps.reduce<string>(
    (path, step) => (typeof step === "number" ? `${path}[${step}]` : joinPath(path, step)),
    base,
  );
}

/** Appends a field's name to a path as Kubernetes prints it; a name with other characters goes in brackets. */
function joinPath(path: string, name: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(name)) return `${path}[${name}]`;
  return path === "" ? name : `${path}.${name}`;
}
