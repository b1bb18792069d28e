import { redacted } from "@registry-cache/core";
import { textAt, valueAt } from "../json.ts";

/** A piece of text that may be a credential by its look: tokens, logins, what a JSON decoder quotes of a body. */
const suspects = [
  /\b(?:Bearer|Basic)\s+[\w.~+/=-]{6,}/gi,
  /\beyJ[\w-]{5,}\.[\w-]+(?:\.[\w-]*)?/g,
  // Go's decoders quote the bytes around the place: `error found in #10 byte of ...|"data":{"a":"c2VjcmV0|...`
  /(byte of \.\.\.\|)[\s\S]*?(\|\.\.\.)(?:, bigger context \.\.\.\|[\s\S]*?\|\.\.\.)?/g,
];

/** Texts shorter than this are in many words by chance. */
const shortest = 4;

/** The text of a server as it may be shown: without these secrets, and without what looks like one. */
export function redactText(text: string, secrets: readonly string[]): string {
  let shown = text;
  const known = [...new Set(secrets.filter((it) => it.length >= shortest))].sort((a, b) => b.length - a.length);
  for (const secret of known) shown = shown.replaceAll(secret, redacted);
  for (const suspect of suspects) shown = shown.replace(suspect, (_, before) => keepEnds(before));
  return shown;
}

/** Every text of a Secret's data that an answer could repeat: as sent, decoded, encoded and quoted. `body` is a Secret or a patch of one. */
export function secretsIn(body: unknown): readonly string[] {
  const name = textAt(body, "metadata", "name") ?? "";
  const texts = Array.isArray(body) ? body.flatMap(textsOfStep) : textsOfSecret(body);
  // A name is no secret, and a message without it would help nobody.
  return texts.filter((it) => !name.includes(it)).flatMap(spellings);
}

function textsOfSecret(body: unknown): readonly string[] {
  return [...textsIn(valueAt(body, "data")), ...textsIn(valueAt(body, "stringData"))];
}

function textsOfStep(step: unknown): readonly string[] {
  const path = textAt(step, "path") ?? "";
  return /^\/(data|stringData)(\/|$)/.test(path)
    ? textsIn(valueAt(step, "value"))
    : textsOfSecret(valueAt(step, "value"));
}

function spellings(text: string): readonly string[] {
  const decoded = Buffer.from(text, "base64").toString();
  const quoted = (it: string): string => JSON.stringify(it).slice(1, -1);
  return [text, quoted(text), decoded, quoted(decoded), Buffer.from(text).toString("base64")];
}

/** In answers about Secrets a wrong value is never shown: `data[password]: Invalid value: "..."`. */
export function redactValues(text: string): string {
  return text.replace(/(Invalid value|Unsupported value): (?:"(?:[^"\\]|\\.)*"|\S+)/g, `$1: ${redacted}`);
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

function keepEnds(before: unknown): string {
  return typeof before === "string" && before.startsWith("byte of") ? `${before}${redacted}|...` : redacted;
}
