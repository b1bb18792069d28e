import { closest, describeField, immutabilities, type Schema } from "@registry-cache/core";
import { type Document, documents } from "./documents.ts";
import { typeOf } from "./type-of.ts";

/** A field of a document that we know, or the document itself, and the fields in it. */
export interface FieldExplanation {
  readonly kind: "field";
  readonly document: Pick<Document, "kind" | "apiVersion">;
  /** Empty for the document itself. */
  readonly path: string;
  readonly field: Field;
}

/** What the schema says of a field. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  /** What it is for, its default, whether it can change, and so on, as sentences. */
  readonly description: string;
  /** The same as data. */
  readonly facts: FieldFacts;
  readonly fields: readonly Field[];
}

/** What is known of a field beside its type, for machines. */
export interface FieldFacts extends Omit<Schema, StructuralKey | "immutable"> {
  readonly immutable?: string;
}

type StructuralKey = "type" | "description" | "properties" | "additionalProperties" | "required" | "items";

/** What a field is looked for in, and the rule that may have been meant instead. */
export interface FieldQuestion {
  readonly documents: readonly Document[];
  readonly rule: string | undefined;
}

/** Explains a field by its path, which may begin with the kind of the document. */
export function explainField(
  topic: string,
  question: FieldQuestion,
): FieldExplanation | { readonly kind: "unknown"; readonly message: string } {
  const [first = "", ...rest] = segmentsOf(topic);
  const { documents } = question;
  const named = documents.find((it) => it.names.includes(first.toLowerCase()));
  const document = named ?? documents.find((it) => childOf(it.schema, first) !== undefined);
  if (document === undefined) return unknownTopic(topic, first, question);
  let place: Place = { document, path: "", name: document.kind, schema: document.schema, required: false };
  for (const name of named === undefined ? [first, ...rest] : rest) {
    const next = stepInto(place, name);
    if (next === undefined) return { kind: "unknown", message: unknownField(place, name) };
    place = next;
  }
  const { kind, apiVersion } = place.document;
  return { kind: "field", document: { kind, apiVersion }, path: place.path, field: toField(place) };
}

interface Place {
  readonly document: Document;
  readonly path: string;
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
}

/** `spec.extensions[0].providerConfig` and `.spec.extensions` are what people copy from elsewhere; a key may hold dots. */
function segmentsOf(topic: string): readonly string[] {
  const keys = topic.match(/\[[^\]]*\]|[^.[\]]+/g) ?? [];
  return keys.flatMap((it) => {
    if (!it.startsWith("[")) return [it];
    const key = it.slice(1, -1).replace(/^["']|["']$/g, "");
    return /^(\d*|\*)$/.test(key) ? [] : [key];
  });
}

function stepInto(place: Place, name: string): Place | undefined {
  const schema = childOf(place.schema, name);
  if (schema !== undefined) {
    const path = place.path === "" ? name : `${place.path}.${name}`;
    return { ...place, path, name, schema, required: innermost(place.schema).required?.includes(name) === true };
  }
  if (place.path !== "spec.extensions.providerConfig") return undefined;
  // Which document it holds depends on the extension; their fields have different names.
  for (const inner of documents.filter((it) => it.inProviderConfig)) {
    const child = childOf(inner.schema, name);
    if (child !== undefined) return { document: inner, path: name, name, schema: child, required: false };
  }
  return undefined;
}

/** The schema of what a list holds; any other as it is. */
function innermost(schema: Schema): Schema {
  return schema.items === undefined ? schema : innermost(schema.items);
}

function childOf(schema: Schema, name: string): Schema | undefined {
  const { properties, additionalProperties } = innermost(schema);
  // A name that a person types must not find what every object inherits, such as "constructor".
  if (properties !== undefined && Object.hasOwn(properties, name)) return properties[name];
  return additionalProperties || undefined;
}

function toField({ name, schema, required }: Pick<Place, "name" | "schema" | "required">): Field {
  const item = innermost(schema);
  // Of a map with free keys, the fields are those of its values.
  const inner = item.properties === undefined && item.additionalProperties ? item.additionalProperties : item;
  const fields = Object.entries(inner.properties ?? {}).map(([child, of]) =>
    toField({ name: child, schema: of, required: inner.required?.includes(child) === true }),
  );
  return { name, type: typeOf(schema), required, description: describeField(schema), facts: factsOf(schema), fields };
}

function factsOf(schema: Schema): FieldFacts {
  const { type, description, properties, additionalProperties, required, items, immutable, ...facts } = schema;
  return immutable === undefined ? facts : { ...facts, immutable: immutabilities[immutable] };
}

function unknownTopic(
  topic: string,
  first: string,
  { documents, rule }: FieldQuestion,
): { kind: "unknown"; message: string } {
  const paths = new Map(documents.flatMap((it) => it.names.map((name) => [name, name])));
  for (const { kind, schema } of documents) collectPaths(schema, kind.toLowerCase(), paths);
  const meant = paths.get(first) ?? rule ?? paths.get(closest(first, [...paths.keys()]) ?? "");
  const kinds = documents.map((it) => it.kind).join(", ");
  const hint = `; known are codes such as RC201, names of rules and fields of ${kinds}`;
  return { kind: "unknown", message: `unknown topic "${topic}"${meant === undefined ? hint : didMean(meant)}` };
}

/** The first path of each name of a field, wherever it is. */
function collectPaths(schema: Schema, path: string, paths: Map<string, string>): void {
  for (const [name, child] of Object.entries(innermost(schema).properties ?? {})) {
    if (!paths.has(name)) paths.set(name, `${path}.${name}`);
    collectPaths(child, `${path}.${name}`, paths);
  }
}

function unknownField({ document, path, schema }: Place, name: string): string {
  const where = path === "" ? document.kind : `${path} of ${document.kind}`;
  const known = Object.keys(innermost(schema).properties ?? {});
  if (known.length === 0) return `${where} has no fields that are known here`;
  const meant = closest(name, known);
  return `unknown field "${name}" in ${where}${meant === undefined ? `, known are ${known.join(", ")}` : didMean(meant)}`;
}

function didMean(meant: string): string {
  return `, did you mean ${meant}?`;
}
