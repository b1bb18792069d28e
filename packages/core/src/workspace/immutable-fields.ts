import type { Shoot } from "../manifest/shoot.ts";
import type { Schema } from "../schema/schema.ts";
import { shootSchema } from "../schema/shoot.ts";
import { flat } from "../text/flat.ts";
import { later } from "../text/later.ts";
import type { Span } from "../text/span.ts";
import { entryOf, fieldOf, itemsOf, type MapNode, type Node } from "../yaml/node.ts";

/** A field that may not change in an update, written or not. */
export interface ImmutableField {
  /** What tells the field from others through all updates: its path, with the names of worker pools for their numbers. */
  readonly key: string;
  readonly path: string;
  readonly schema: Schema;
  /** Its value as text; for an object, only that it is there. Undefined when it is not written. */
  readonly value: string | undefined;
  /** The place of the value; where there is none, of what should hold it. */
  readonly span: Span;
  /** The object that holds it, where that is written. */
  readonly parent: MapNode | undefined;
  readonly name: string;
}

/** The values of a Shoot's immutable fields by key. */
export interface ImmutableValues {
  readonly [key: string]: string;
}

/** The immutable fields of a Shoot, an object before what it holds. The name is none of them: another name is another Shoot. */
export function* immutableFields({ root }: Pick<Shoot, "root">): Iterable<ImmutableField> {
  const place = { key: "spec", path: "spec", span: root.span };
  for (const { steps, schema } of patterns()) yield* fieldsAt(fieldOf(root, "spec"), place, steps, schema);
}

/** Reduces a Shoot to the values that an update may not change; what it leaves to the server's defaults among them. */
export function immutableValues(shoot: Shoot): ImmutableValues {
  const values: Record<string, string> = {};
  for (const field of immutableFields(shoot)) {
    // A patch leaves to others what it does not say.
    const known = field.value ?? (shoot.isWhole ? defaultText(field) : undefined);
    if (known !== undefined) values[flat(field.key)] = flat(known);
  }
  return values;
}

/** What the server fills in for a field as text, where that is always the same. */
export function defaultText({ parent, schema: { default: value } }: ImmutableField): string | undefined {
  if (parent === undefined) return undefined;
  return value === undefined ? undefined : typeof value === "object" ? value.join(",") : String(value);
}

interface Pattern {
  readonly steps: readonly string[];
  readonly schema: Schema;
}

/** The way to each immutable field from the spec down; `[]` stands for the items of a list. */
function patternsOf(schema: Schema | undefined, steps: readonly string[]): readonly Pattern[] {
  if (schema === undefined || schema.readOnly) return [];
  const own = schema.immutable === undefined ? [] : [{ steps, schema }];
  const below = Object.entries(schema.properties ?? {}).flatMap(([name, it]) => patternsOf(it, [...steps, name]));
  return [...own, ...below, ...patternsOf(schema.items, [...steps, "[]"])];
}

/** They matter only where there is an older version. */
const patterns = later(() => patternsOf(shootSchema.properties?.["spec"], []));

interface FieldPlace {
  readonly key: string;
  readonly path: string;
  readonly span: Span;
}

function* fieldsAt(
  node: Node | undefined,
  place: FieldPlace,
  [step, ...rest]: readonly string[],
  schema: Schema,
): Iterable<ImmutableField> {
  if (step === "[]") {
    for (const [index, { value, span }] of itemsOf(node).entries()) {
      const name = fieldOf(value, "name");
      if (name?.type !== "scalar") continue;
      const item = { key: `${place.key}[${name.text}]`, path: `${place.path}[${index}]`, span };
      yield* fieldsAt(value, item, rest, schema);
    }
    return;
  }
  if (step === undefined) return;
  const entry = entryOf(node, step);
  const value = fieldOf(node, step);
  const inner = { key: `${place.key}.${step}`, path: `${place.path}.${step}`, span: entry?.key.span ?? place.span };
  if (rest.length > 0) return yield* fieldsAt(value, inner, rest, schema);
  const parent = node?.type === "map" ? node : undefined;
  yield { ...inner, schema, value: value && textOf(value), span: spanOf(value, inner.span), parent, name: step };
}

function textOf(node: Node): string {
  if (node.type === "scalar") return node.text;
  return itemsOf(node)
    .map(({ value }) => (value.type === "scalar" ? value.text : ""))
    .join(",");
}

function spanOf(value: Node | undefined, holder: Span): Span {
  return value?.type === "scalar" || (value?.type === "seq" && value.flow) ? value.span : holder;
}
