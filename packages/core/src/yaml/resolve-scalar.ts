import { decodeBase64 } from "../encoding/base64.ts";
import { decodeUtf8 } from "../encoding/utf8.ts";
import type { ScalarValue } from "./node.ts";

const words: ReadonlyMap<string, null | boolean> = new Map([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map((it) => [it, true] as const),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map((it) => [it, false] as const),
  ...["", "~", "null", "Null", "NULL"].map((it) => [it, null] as const),
]);
const longestWord = 5;

const notFinite = /^(?:([-+]?)\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const integer = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
// A float that starts with its point goes straight to Go's ParseFloat, which takes an underscore only between two digits.
const pointFloat = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;
// Go strips this prefix and parses the rest with a sign of its own.
const signedBinary = /^0b([-+])([01]+)$/;

const maxInt64 = 2n ** 63n - 1n;
const maxUint64 = 2n ** 64n - 1n;

/** A number as go-yaml types it; "uint" is an integer above the range of int64. */
type Numeric =
  | { readonly kind: "int" | "uint"; readonly value: number | bigint }
  | { readonly kind: "float"; readonly value: number };

/**
 * Reads an untagged plain scalar as kubectl does: an int64 beyond the safe integers is a bigint, a larger integer is the double that
 * kubectl makes of it, and a number that is not finite stands for a document that kubectl refuses.
 */
export function resolvePlain(text: string): ScalarValue {
  const first = text.charCodeAt(0);
  if (startsNumber(first)) return isUsualInteger(text) ? Number(text) : (readNumber(text)?.value ?? text);
  if (text.length > longestWord || !startsWord(first)) return text;
  const word = words.get(text);
  return word === undefined ? text : word;
}

/** Reads a scalar with an explicit tag, plain or quoted; undefined when kubectl refuses the text as that tag. */
export function resolveTagged(tag: string, text: string): ScalarValue | undefined {
  switch (coreTag(tag)) {
    case "int":
      return readTaggedNumber(text, "int");
    case "float":
      return readTaggedNumber(text, "float");
    case "bool": {
      const value = words.get(text);
      return typeof value === "boolean" ? value : undefined;
    }
    case "null":
      return words.get(text) === null ? null : undefined;
    case "timestamp":
      return isTimestamp(text) ? text : undefined;
    case "binary": {
      const bytes = decodeBase64(text);
      return bytes && decodeUtf8(bytes).text;
    }
    // Any other tag, a local one or `!` too, leaves the text as it is.
    default:
      return text;
  }
}

/** Tells whether a tag makes a float of a number, which is another key than the integer. */
export function isFloatTag(tag: string): boolean {
  return coreTag(tag) === "float";
}

/** Writes a key as kubectl does, whose JSON keys are strings; undefined for a key that kubectl refuses: null, or an integer above int64. */
export function keyText(value: ScalarValue, text: string, isFloat = false): string | undefined {
  if (typeof value === "string") return value;
  if (value === null) return undefined;
  if (typeof value !== "number") return String(value);
  // The value alone cannot tell 1000000 from 1e6, which are different keys: "1000000" and "1e+06".
  const written = readNumber(text);
  if (written?.kind === "uint") return undefined;
  return written?.kind === "int" && !isFloat
    ? String(value)
    : float32Text(Object.is(value, 0) && text.startsWith("-") ? -0 : value);
}

function startsNumber(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2b || code === 0x2d || code === 0x2e;
}

/** The first letters of the words; an empty text, which is one of them, has none. */
function startsWord(code: number): boolean {
  switch (code | 32) {
    case 0x66:
    case 0x6e:
    case 0x6f:
    case 0x74:
    case 0x79:
    case 0x7e:
      return true;
    default:
      return Number.isNaN(code);
  }
}

/** What most numbers of manifests are: a few digits, of which the first is no zero. */
function isUsualInteger(text: string): boolean {
  if (text.length > 9 || text.charCodeAt(0) === 0x30) return text === "0";
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x30 || code > 0x39) return false;
  }
  return true;
}

/** A character that no number has: what is an address, a version with two points or a time needs no closer look. */
const strange = /[^\w.+-]|\..*\./;

/** Digits, also hexadecimal ones, `.`, `_`, and the last letters of `inf` and `nan`: what ends in a unit needs no closer look. */
function endsNumber(code: number): boolean {
  const letter = code | 32;
  return code < 0x3a || code === 0x5f || (letter > 0x60 && letter < 0x67) || letter === 0x6e;
}

function readNumber(text: string): Numeric | undefined {
  if (!endsNumber(text.charCodeAt(text.length - 1)) || strange.test(text)) return undefined;
  const special = notFinite.exec(text);
  if (special) return { kind: "float", value: special[1] === undefined ? Number.NaN : Number(`${special[1]}Infinity`) };
  if (text.startsWith(".")) return pointFloat.test(text) ? readFloat(text.replaceAll("_", "")) : undefined;
  const plain = text.includes("_") ? text.replaceAll("_", "") : text;
  const match = integer.exec(plain) ?? signedBinary.exec(plain)?.with(2, `0b${plain.slice(3)}`);
  const whole = match && readInteger(match[1] ?? "", match[2] ?? "");
  return whole ?? (float.test(plain) ? readFloat(plain) : undefined);
}

function readInteger(sign: string, digits: string): Numeric | undefined {
  if (digits.length < 16 && !digits.startsWith("0")) return { kind: "int", value: Number(sign + digits) };
  const octal = digits.length > 1 && /^0[0-7]/.test(digits);
  const magnitude = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  const value = sign === "-" ? -magnitude : magnitude;
  if (value <= maxInt64 && value >= -maxInt64 - 1n) return { kind: "int", value: narrow(value) };
  return sign === "" && value <= maxUint64 ? { kind: "uint", value: Number(value) } : undefined;
}

function narrow(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function readFloat(text: string): Numeric | undefined {
  const value = Number(text);
  // Adding zero makes of -0 the 0 that it becomes on its way through JSON.
  return Number.isFinite(value) ? { kind: "float", value: value + 0 } : undefined;
}

function readTaggedNumber(text: string, tag: "int" | "float"): ScalarValue | undefined {
  const number = startsNumber(text.charCodeAt(0)) ? readNumber(text) : undefined;
  if (number === undefined) return undefined;
  if (tag === "int") return number.kind === "float" ? undefined : number.value;
  return number.kind === "uint" ? undefined : Number(number.value);
}

function coreTag(tag: string): string {
  const uri = tag.startsWith("!<") ? tag.slice(2, -1) : tag;
  if (uri.startsWith("!!")) return uri.slice(2);
  return uri.startsWith("tag:yaml.org,2002:") ? uri.slice(18) : "";
}

const timestamp =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(?:Z|[-+]\d\d:\d\d)| (\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?)?$/;

function isTimestamp(text: string): boolean {
  const match = timestamp.exec(text);
  if (match === null) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .flatMap((it) => (it ? [Number(it)] : []));
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && hour < 24 && minute < 60 && second < 60;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}

/** Go's FormatFloat(value, 'g', -1, 32), with the names that YAML has for what is not finite. */
function float32Text(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return ".nan";
  if (!Number.isFinite(single)) return single > 0 ? ".inf" : "-.inf";
  if (Object.is(single, -0)) return "-0";
  let shortest = single.toExponential(0);
  for (let digits = 1; Math.fround(Number(shortest)) !== single; digits += 1) shortest = single.toExponential(digits);
  const [mantissa = "", exponent = ""] = shortest.split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(Number(shortest));
  return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}
