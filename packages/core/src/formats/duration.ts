import { encodeUtf8 } from "../encoding/utf8.ts";
import { fail, type Result, succeed } from "../text/result.ts";

const microsecond = 1_000n;
const millisecond = 1_000_000n;
const second = 1_000_000_000n;
const units: ReadonlyMap<string, bigint> = new Map([
  ["ns", 1n],
  ["us", microsecond],
  ["\u00b5s", microsecond],
  ["\u03bcs", microsecond],
  ["ms", millisecond],
  ["s", second],
  ["m", 60n * second],
  ["h", 3600n * second],
]);
// Go counts in an unsigned 64-bit integer and allows the magnitude of the smallest negative duration.
const limit = 1n << 63n;

// What nearly every duration looks like; so few digits cannot reach the limit.
const usual = /^(\d{1,6})([smh])$/;

/** Reads a Go duration in nanoseconds; the error is the text of Go's time.ParseDuration. */
export function parseDuration(text: string): Result<bigint, string> {
  const [, digits, unit = ""] = usual.exec(text) ?? [];
  if (digits !== undefined) return succeed(BigInt(digits) * (units.get(unit) ?? 1n));
  const total = sumParts(text.replace(/^[-+]/, ""));
  if (typeof total === "string") return fail(`time: ${total} duration ${quote(text)}`);
  if (text.startsWith("-")) return succeed(-total);
  return total === limit ? fail(`time: invalid duration ${quote(text)}`) : succeed(total);
}

/** Prints nanoseconds in Go's canonical form, such as `168h0m0s`, `1.5s`, `300ms` or `0s`. */
export function formatDuration(nanoseconds: bigint): string {
  const sign = nanoseconds < 0n ? "-" : "";
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  if (size === 0n) return "0s";
  if (size < microsecond) return `${sign}${size}ns`;
  if (size < millisecond) return `${sign}${decimal(size, microsecond)}\u00b5s`;
  if (size < second) return `${sign}${decimal(size, millisecond)}ms`;
  const minutes = size / (60n * second);
  const seconds = `${decimal(size % (60n * second), second)}s`;
  if (minutes === 0n) return sign + seconds;
  return minutes < 60n ? `${sign}${minutes}m${seconds}` : `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

/** Adds up the parts of an unsigned duration, or says in Go's words what is wrong with it. */
function sumParts(text: string): bigint | string {
  if (text === "0") return 0n;
  if (text === "") return "invalid";
  let total = 0n;
  const part = /(\d*)(?:\.(\d*))?([^.\d]*)/y;
  while (part.lastIndex < text.length) {
    const [, whole = "", fraction = "", unit = ""] = part.exec(text) ?? [];
    if ((whole === "" && fraction === "") || tooLong(whole)) return "invalid";
    if (unit === "") return "missing unit in";
    const size = units.get(unit);
    if (size === undefined) return `unknown unit ${quote(unit)} in`;
    const value = BigInt(whole) * size + fractionOf(fraction, size);
    // Go's sum wraps at 64 bits before it is compared.
    total = BigInt.asUintN(64, total + value);
    if (value > limit || total > limit) return "invalid";
  }
  return total;
}

function tooLong(digits: string): boolean {
  const significant = digits.replace(/^0+/, "");
  return significant.length > 19 || BigInt(significant) > limit;
}

/** The nanoseconds of a fraction, computed in doubles as Go does. */
function fractionOf(digits: string, unit: bigint): bigint {
  let numerator = 0n;
  let scale = 1;
  for (const digit of digits) {
    const next = numerator * 10n + BigInt(digit);
    if (numerator > (limit - 1n) / 10n || next > limit) break;
    numerator = next;
    scale *= 10;
  }
  return BigInt(Math.trunc(Number(numerator) * (Number(unit) / scale)));
}

function decimal(size: bigint, unit: bigint): string {
  const digits = String(unit).length - 1;
  const fraction = String(size % unit)
    .padStart(digits, "0")
    .replace(/0+$/, "");
  return fraction === "" ? `${size / unit}` : `${size / unit}.${fraction}`;
}

function quote(text: string): string {
  let quoted = "";
  for (const character of text) {
    if (character === '"' || character === "\\") quoted += `\\${character}`;
    else if (character >= " " && character < "\u0080") quoted += character;
    else for (const byte of encodeUtf8(character)) quoted += `\\x${byte.toString(16).padStart(2, "0")}`;
  }
  return `"${quoted}"`;
}
