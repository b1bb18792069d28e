import { describeField, rules } from "@registry-cache/core";
import { runtimeCodes } from "@registry-cache/runtime";
import { documents } from "./documents.ts";
import { explain } from "./explain.ts";

/** A word that may be typed next. */
export interface TopicOffer {
  readonly word: string;
  readonly summary: string;
  /** The word may go on, with the name of a field. */
  readonly open: boolean;
}

/** The topics of `explain` that begin with what is typed: codes, names of rules, documents, and fields one step further. */
export function offerTopics(typed: string): readonly TopicOffer[] {
  const dot = typed.lastIndexOf(".");
  if (dot > 0) return offerFields(typed.slice(0, dot));
  return [
    ...[...rules, ...runtimeCodes].flatMap(({ code, name, docs }) =>
      [code, name].map((word) => ({ word, summary: docs.summary, open: false })),
    ),
    ...documents.map(({ kind, schema }) => ({ word: kind.toLowerCase(), summary: describeField(schema), open: true })),
    ...offerRootFields(),
  ];
}

function offerRootFields(): readonly TopicOffer[] {
  const [shoot] = documents;
  return Object.entries(shoot?.schema.properties ?? {}).map(([word, schema]) => ({
    word,
    summary: describeField(schema),
    open: schema.properties !== undefined,
  }));
}

function offerFields(parent: string): readonly TopicOffer[] {
  const explanation = explain(parent);
  if (explanation.kind !== "field") return [];
  return explanation.field.fields.map(({ name, description, fields }) => ({
    word: `${parent}.${name}`,
    summary: description,
    open: fields.length > 0,
  }));
}
