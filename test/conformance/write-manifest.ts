/** A value as JSON has it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object; an undefined member is not written. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** The ways to write a manifest. The verdict must not depend on them. */
export type WritingStyle = "JSON" | "block YAML";

/** Writes an object as the text of a manifest. */
export function writeManifest(object: JsonObject, style: WritingStyle): string {
  return style === "JSON" ? `${JSON.stringify(object, undefined, 2)}\n` : `${blockLines(object).join("\n")}\n`;
}

function blockLines(value: Json): readonly string[] {
  if (isList(value) && value.length > 0) {
    return value.flatMap((item) => blockLines(item).map((line, index) => (index === 0 ? "- " : "  ") + line));
  }
  const members = isObject(value) ? Object.entries(value).filter(([, it]) => it !== undefined) : [];
  if (members.length === 0) return [scalar(value)];
  return members.flatMap(([key, member]) => entryLines(scalar(key), member ?? null));
}

function entryLines(key: string, value: Json): readonly string[] {
  const lines = blockLines(value);
  if (lines.length === 1 && !isNested(value)) return [`${key}: ${lines[0]}`];
  return [`${key}:`, ...lines.map((line) => (isList(value) ? line : `  ${line}`))];
}

function isNested(value: Json): boolean {
  return (
    (isList(value) && value.length > 0) || (isObject(value) && Object.values(value).some((it) => it !== undefined))
  );
}

/** Strings are plain where that is sure to be read back as a string. */
function scalar(value: Json): string {
  if (typeof value !== "string") return JSON.stringify(value);
  const isPlain = /^[A-Za-z][-\w./]*$/.test(value) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(value);
  return isPlain ? value : JSON.stringify(value);
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Tells whether a value is an object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !isList(value);
}
