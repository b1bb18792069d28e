import { readString } from "../manifest/located.ts";
import type { ManifestDocument, ManifestFile } from "../manifest/manifest.ts";
import { settingsFileName } from "../manifest/settings.ts";
import type { Schema } from "../schema/schema.ts";
import { schemas } from "../schema/schemas.ts";
import type { Span } from "../text/span.ts";
import type { MapNode, Node } from "../yaml/node.ts";
import { type PathStep, pathAt } from "../yaml/path-at.ts";
import { documentAt } from "./document-at.ts";

/** A field that a place belongs to, with what the schema says of it. */
export interface FieldAt {
  readonly name: string;
  readonly schema: Schema;
  /** The key or the value that the place lies in. */
  readonly span: Span;
}

/** The field whose key or scalar value stands at a place; undefined where no schema of ours knows it. */
export function fieldAt(file: ManifestFile, offset: number): FieldAt | undefined {
  const document = documentAt(file, offset);
  if (document?.root === undefined) return undefined;
  const steps = pathAt(document.root, offset);
  const span = spanOf(steps.at(-1));
  const start = span && startOf(file, document, steps);
  if (span === undefined || start === undefined) return undefined;
  const found = steps.slice(start.index).reduce<Found | undefined>((above, step) => above && into(above, step), start);
  return found?.name === undefined ? undefined : { name: found.name, schema: found.schema, span };
}

/** Tells whether a file holds settings of ours. */
export function isSettings({ uri }: Pick<ManifestFile, "uri">): boolean {
  return uri === settingsFileName || uri.endsWith(`/${settingsFileName}`);
}

interface Found {
  /** The field's name; of an item that of its list. */
  readonly name?: string;
  readonly schema: Schema;
}

function spanOf(step: PathStep | undefined): Span | undefined {
  if (step === undefined || step.part === "between") return undefined;
  if (step.part === "key") return step.entry.key.span;
  const { value, alias } = step.kind === "entry" ? step.entry : step.item;
  return alias ?? (value.type === "scalar" ? value.span : undefined);
}

/** The step at which an object of ours begins, and its schema. */
function startOf(
  file: ManifestFile,
  { shoots, secrets, root }: ManifestDocument,
  steps: readonly PathStep[],
): (Found & { readonly index: number }) | undefined {
  if (isSettings(file)) return { index: 0, schema: schemas.settings };
  const plain = secrets.filter((it) => it.form === "Secret" || it.form === "SopsSecret");
  const known = new Map<Node | undefined, Schema>([
    ...shoots.map((it) => [it.root, file.shootSchema?.schema ?? schemas.shoot] as const),
    ...plain.map((it) => [it.root, schemas.secret] as const),
  ]);
  const parents: readonly (Node | undefined)[] = [root, ...steps.slice(1).map((it) => it.parent)];
  const index = parents.findIndex((it) => known.has(it));
  const schema = known.get(parents[index]);
  return schema && { index, schema };
}

function into({ name, schema }: Found, step: PathStep): Found | undefined {
  if (step.kind === "item") return schema.items && { ...(name === undefined ? {} : { name }), schema: schema.items };
  const key = step.entry.name;
  // What a merge key writes out belongs to the map around it.
  if (key === "<<") return { schema };
  const { properties, additionalProperties } = schema;
  const below = properties?.[key] ?? (additionalProperties === false ? undefined : additionalProperties);
  if (below === undefined) return undefined;
  return { name: key, schema: below.opaque === true ? (configSchema(step.parent, key) ?? below) : below };
}

function configSchema(extension: MapNode, key: string): Schema | undefined {
  const type = readString(extension, "type", "")?.value;
  if (key !== "providerConfig") return undefined;
  if (type === "registry-cache") return schemas.registryConfig;
  return type === "registry-mirror" ? schemas.mirrorConfig : undefined;
}
