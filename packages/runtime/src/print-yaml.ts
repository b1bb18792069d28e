import { quoteScalar } from "@registry-cache/core";
import type { Json } from "./kubernetes-object.ts";

/** Writes values as a YAML stream, one document each, so that kubectl reads exactly these values back. */
export function printYaml(documents: readonly Json[]): string {
  return documents.map((it) => `---\n${printNode(it, "")}\n`).join("");
}

/** Writes a value whose lines, but for the first, stand at `indent`. */
function printNode(value: Json, indent: string): string {
  if (Array.isArray(value)) return value.map((it) => `- ${printNode(it, `${indent}  `)}`).join(`\n${indent}`) || "[]";
  if (value === null || typeof value !== "object") return printScalar(value, indent);
  const fields = Object.entries(value).flatMap(([key, field]) => {
    return field === undefined ? [] : [`${quoteScalar(key)}:${printField(field, indent)}`];
  });
  return fields.join(`\n${indent}`) || "{}";
}

function printField(value: Json, indent: string): string {
  if (isEmpty(value) || value === null || typeof value !== "object") return ` ${printNode(value, indent)}`;
  // A list stands as far left as its key, as kubectl prints it.
  const deeper = Array.isArray(value) ? indent : `${indent}  `;
  return `\n${deeper}${printNode(value, deeper)}`;
}

function isEmpty(value: Json): boolean {
  return value !== null && typeof value === "object" && Object.keys(value).length === 0;
}

function printScalar(value: null | boolean | number | string, indent: string): string {
  if (typeof value !== "string") return String(value);
  return /\n/.test(value) && mayBeLiteral(value) ? literal(value, indent) : quoteScalar(value);
}

/** A literal block keeps a text as it is, where its first line is not indented and no character needs an escape. */
function mayBeLiteral(text: string): boolean {
  return /^[!-~]/.test(text) && /^[\n -~]*$/.test(text) && text.endsWith("\n") && !text.endsWith("\n\n");
}

function literal(text: string, indent: string): string {
  const inner = `${indent}  `;
  const lines = text.slice(0, -1).split("\n");
  return `|\n${lines.map((line) => (line === "" ? "" : inner + line)).join("\n")}`;
}
