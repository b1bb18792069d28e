import type { ScalarStyle } from "./node.ts";
import { resolvePlain } from "./resolve-scalar.ts";

/**
 * Writes a string so that kubectl reads exactly that string, in block and in flow style, on one line.
 * Keeps the quotes that `style` has where the string allows it; a plain or block scalar becomes plain or double-quoted.
 */
export function quoteScalar(value: string, style: ScalarStyle = "plain"): string {
  if (style === "single" && isPrintable(value)) return `'${value.replaceAll("'", "''")}'`;
  const mayBePlain = style === "plain" || style === "empty";
  return mayBePlain && isSafePlain(value) ? value : toJson(value);
}

/** Writes a key so that kubectl reads exactly that key; like `quoteScalar`. */
export function quoteKey(name: string, style: ScalarStyle = "plain"): string {
  return quoteScalar(name, style === "literal" || style === "folded" ? "double" : style);
}

/** Writes a value as JSON that YAML readers take, too: what they refuse inside quotes is escaped. */
export function toJson(value: unknown, indent?: string): string {
  const json = JSON.stringify(value, undefined, indent);
  return json.replace(unprintable, escapeCodeUnit);
}

const unprintable = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;
const notPrintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\ufeff\ufffe\uffff]/u;

// go-yaml ends a plain scalar in flow style at `?`, too; `=` and `<<` have a meaning of their own in YAML 1.1.
const unsafeStart = /^(?:[-?:,[\]{}#&*!|>'"%@`=<]|\.\.\.|\s)/;
const unsafeInside = /[,[\]{}?]|:\s|\s#|[:\s]$/;

// kubectl reads these as strings, quotes them itself, and other readers of YAML 1.1 make times and numbers of them.
const otherwiseRead = /^(?:\d{4}-\d\d?-\d\d?(?:[Tt\s].*)?|[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?)$/;

function isSafePlain(value: string): boolean {
  if (value === "" || otherwiseRead.test(value) || unsafeStart.test(value) || unsafeInside.test(value)) return false;
  return isPrintable(value) && typeof resolvePlain(value) === "string";
}

function isPrintable(value: string): boolean {
  return !notPrintable.test(value);
}

function escapeCodeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
