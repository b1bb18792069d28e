import { quoteKey, quoteScalar, toJson } from "./quote-scalar.ts";

/** A value to be written into a text. */
export type Literal = string | number | boolean | readonly Literal[] | { readonly [key: string]: Literal };

/** How a flow collection is written: with JSON's quotes, and without blanks. */
export interface FlowStyle {
  readonly json: boolean;
  readonly compact: boolean;
}

/** Writes a value on one line, in flow style. */
export function renderFlow(literal: Literal, style: FlowStyle): string {
  if (!isCollection(literal)) return renderScalar(literal, style.json);
  if (style.compact && style.json) return toJson(literal);
  if (isList(literal)) return `[${literal.map((it) => renderFlow(it, style)).join(", ")}]`;
  const entries = Object.entries(literal).map(([key, value]) => renderFlowEntry(key, value, style));
  if (entries.length === 0) return "{}";
  return style.json ? `{${entries.join(", ")}}` : `{ ${entries.join(", ")} }`;
}

/** Writes an entry of a flow map on one line. */
export function renderFlowEntry(key: string, value: Literal, style: FlowStyle): string {
  const colon = style.compact && style.json ? ":" : ": ";
  return `${style.json ? toJson(key) : quoteKey(key)}${colon}${renderFlow(value, style)}`;
}

/** Writes an entry of a block map as lines without their common indentation; lists are indented by `listIndent`. */
export function renderEntry(key: string, value: Literal, listIndent: number): readonly string[] {
  const name = quoteKey(key);
  if (isScalarLike(value)) return [`${name}: ${renderFlow(value, { json: false, compact: false })}`];
  return [
    `${name}:`,
    ...renderBlock(value, listIndent).map((line) => " ".repeat(isList(value) ? listIndent : 2) + line),
  ];
}

/** Writes an item of a block list as lines without their common indentation. */
export function renderItem(value: Literal, listIndent: number): readonly string[] {
  if (isScalarLike(value)) return [`- ${renderFlow(value, { json: false, compact: false })}`];
  return renderBlock(value, listIndent).map((line, index) => (index === 0 ? "- " : "  ") + line);
}

/** Writes a collection that is not empty as lines without their common indentation. */
export function renderBlock(value: Literal, listIndent: number): readonly string[] {
  if (!isCollection(value)) return [renderScalar(value, false)];
  if (isList(value)) return value.flatMap((it) => renderItem(it, listIndent));
  return Object.entries(value).flatMap(([key, it]) => renderEntry(key, it, listIndent));
}

/** Tells whether a value is a list. */
export function isList(literal: Literal): literal is readonly Literal[] {
  return Array.isArray(literal);
}

/** Tells whether a value is written on one line even in block style: a scalar, or a collection without content. */
export function isScalarLike(literal: Literal): boolean {
  return !isCollection(literal) || Object.keys(literal).length === 0;
}

/** Writes a scalar. */
export function renderScalar(literal: string | number | boolean, json: boolean): string {
  if (typeof literal === "string") return json ? toJson(literal) : quoteScalar(literal);
  return String(literal);
}

function isCollection(literal: Literal): literal is readonly Literal[] | { readonly [key: string]: Literal } {
  return typeof literal === "object";
}
