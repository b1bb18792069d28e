import { fail, type Result, succeed } from "../text/result.ts";
import { trimGoSpace } from "./go-space.ts";

/** An exact Kubernetes quantity: `mantissa` times ten to the power of `exponent`. */
export interface Quantity {
  readonly mantissa: bigint;
  readonly exponent: number;
}

/** What apimachinery says of a text that is no quantity. */
export const quantityErrors = {
  form: "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  number: "unable to parse numeric part of quantity",
  suffix: "unable to parse quantity's suffix",
} as const;

const decimalSuffixes: ReadonlyMap<string, number> = new Map([
  ...[..."num"].map((suffix, index) => [suffix, 3 * index - 9] as const),
  ["", 0],
  ...[..."kMGTPE"].map((suffix, index) => [suffix, 3 * index + 3] as const),
]);
const binarySuffixes: ReadonlyMap<string, number> = new Map(
  [..."KMGTPE"].map((suffix, index) => [`${suffix}i`, 10 * index + 10] as const),
);
const nano = -9;
const maxBinary: Quantity = { mantissa: (1n << 63n) - 1n, exponent: 0 };
// No quantity of a manifest is longer; beyond it a bigint would take seconds.
const maxLength = 10_000;

// What nearly every quantity looks like; so few digits and so small a suffix make a number that a double holds exactly.
const usual = /^([1-9]\d{0,5})(Ki|Mi|Gi|Ti)$/;
const usualFactors: { readonly [suffix: string]: number } = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 };

/** Reads a quantity as apimachinery's resource.ParseQuantity: rounded up to nano units, binary ones capped at 2^63-1. */
export function parseQuantity(text: string): Result<Quantity, string> {
  const [, digits, unit = ""] = usual.exec(text) ?? [];
  if (digits !== undefined)
    return succeed({ mantissa: BigInt(Number(digits) * (usualFactors[unit] ?? 1)), exponent: 0 });
  const [, sign = "", zeros = "", whole = "", point = "", suffix] = /^([-+]?)(0*)(\d*)(\.\d*)?(.*)$/s.exec(text) ?? [];
  if (text === "" || suffix === undefined) return fail(quantityErrors.form);
  if (!/^[eEinumkKMGTP]*[-+]?\d*$/.test(suffix) || /[\r\n]/.test(suffix)) return fail(quantityErrors.form);
  const fraction = point.slice(1);
  if (whole === "" && point === "" && suffix === "") return succeed({ mantissa: 0n, exponent: 0 });
  const scale = scaleOf(suffix);
  if (scale === undefined) return fail(quantityErrors.suffix);
  if (text.length > maxLength) return fail(quantityErrors.number);
  // Without any digit Go's fast path reads 0, and its slow path fails.
  if (zeros + whole + fraction === "" && !readsFast(scale)) return fail(quantityErrors.number);
  const magnitude = BigInt(whole + fraction) * (scale.binary ? 1n << BigInt(scale.power) : 1n);
  const exponent = (scale.binary ? 0 : scale.power) - fraction.length;
  const rounded = roundUp({ mantissa: magnitude, exponent });
  const value = scale.binary && compareQuantities(rounded, maxBinary) > 0 ? maxBinary : rounded;
  return succeed(sign === "-" ? { ...value, mantissa: -value.mantissa } : value);
}

/** Reads a quantity from a JSON value as Quantity.UnmarshalJSON: numbers count, and blanks around a string do not. */
export function parseQuantityValue(value: string | number | bigint | boolean): Result<Quantity, string> {
  if (typeof value !== "string") return parseQuantity(String(value));
  // Go trims the JSON text, in which control characters and the two line separators are written as escapes.
  return /^[\t-\r\u2028\u2029]|[\t-\r\u2028\u2029]$/.test(value)
    ? fail(quantityErrors.form)
    : parseQuantity(trimGoSpace(value));
}

/** Negative, zero or positive as `left` is less than, equal to or greater than `right`; exact, so 1Gi equals 1024Mi. */
export function compareQuantities(left: Quantity, right: Quantity): number {
  if (left.exponent === right.exponent) return sign(left.mantissa - right.mantissa);
  const signs = sign(left.mantissa) - sign(right.mantissa);
  if (signs !== 0 || left.mantissa === 0n) return Math.sign(signs);
  const orders = (orderOf(left) - orderOf(right)) * sign(left.mantissa);
  if (orders !== 0) return Math.sign(orders);
  // Of the same order, so the exponents differ by no more than the digits written.
  const exponent = Math.min(left.exponent, right.exponent);
  return sign(atExponent(left, exponent) - atExponent(right, exponent));
}

/** Tells whether a quantity is greater than zero. */
export function isPositive(quantity: Quantity): boolean {
  return quantity.mantissa > 0n;
}

interface Scale {
  readonly binary: boolean;
  readonly power: number;
}

function scaleOf(suffix: string): Scale | undefined {
  const decimal = decimalSuffixes.get(suffix);
  if (decimal !== undefined) return { binary: false, power: decimal };
  const binary = binarySuffixes.get(suffix);
  if (binary !== undefined) return { binary: true, power: binary };
  if (!/^[eE][-+]?\d+$/.test(suffix)) return undefined;
  const power = BigInt(suffix.slice(1).replace("+", ""));
  // Go reads 64 bits and keeps the lower 32.
  return BigInt.asIntN(64, power) === power ? { binary: false, power: Number(BigInt.asIntN(32, power)) } : undefined;
}

/** Whether apimachinery takes its int64 path for a number without digits; there a binary suffix has to leave room for it. */
function readsFast({ binary, power }: Scale): boolean {
  return binary ? power < 50 : power >= nano;
}

function roundUp(quantity: Quantity): Quantity {
  if (quantity.mantissa === 0n || quantity.exponent >= nano) return quantity;
  const surplus = nano - quantity.exponent;
  if (surplus > String(quantity.mantissa).length) return { mantissa: 1n, exponent: nano };
  const unit = 10n ** BigInt(surplus);
  return { mantissa: (quantity.mantissa + unit - 1n) / unit, exponent: nano };
}

/** The power of ten of the leading digit. */
function orderOf({ mantissa, exponent }: Quantity): number {
  return String(mantissa < 0n ? -mantissa : mantissa).length + exponent;
}

function atExponent(quantity: Quantity, exponent: number): bigint {
  return quantity.mantissa * 10n ** BigInt(quantity.exponent - exponent);
}

function sign(value: bigint): number {
  return value < 0n ? -1 : value > 0n ? 1 : 0;
}
