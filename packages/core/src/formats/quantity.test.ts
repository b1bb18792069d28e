import { expect, test } from "vitest";
import { compareQuantities, isPositive, parseQuantity, parseQuantityValue, quantityErrors } from "./quantity.ts";

const one = (text: string) => {
  const result = parseQuantity(text);
  if (!result.ok) throw new Error(`${text}: ${result.error}`);
  return result.value;
};

test.each([
  ["1Gi", "1024Mi", 0],
  ["1Ki", "1024", 0],
  ["1Ti", "1099511627776", 0],
  ["0.5Gi", "512Mi", 0],
  ["1.", "1", 0],
  ["1k", "1e3", 0],
  ["1E", "1e18", 0],
  ["1E3", "1000", 0],
  ["100m", "0.1", 0],
  ["-0", "0", 0],
  ["Gi", "0", 0],
  ["-", "0", 0],
  ["1n", "1E-400", 0],
  ["1e-999999999999", "0", 1],
  ["0.0000000011", "2n", 0],
  ["-0.0000000011", "-2n", 0],
  ["8Ei", "9223372036854775807", 0],
  ["9E", "8Ei", -1],
  ["10E", "8Ei", 1],
  ["1G", "1Gi", -1],
  ["-1Gi", "-1G", -1],
  ["-1", "1", -1],
  ["1e400", "1e399", 1],
  ["1e2147483647", "1e2147483646", 1],
  ["1e4294967297", "10", 0],
])("%j compared with %j is %i", (left, right, order) => {
  expect([compareQuantities(one(left), one(right)), compareQuantities(one(right), one(left)) + 0]).toEqual([
    order,
    0 - order,
  ]);
});

test.each([
  ["", quantityErrors.form],
  ["ten", quantityErrors.form],
  ["--1", quantityErrors.suffix],
  ["1 Gi", quantityErrors.form],
  ["1Gi ", quantityErrors.form],
  ["1_000", quantityErrors.form],
  ["0x10", quantityErrors.form],
  ["10GB", quantityErrors.form],
  ["1e", quantityErrors.suffix],
  ["1ki", quantityErrors.suffix],
  ["1Ki5", quantityErrors.suffix],
  ["1e9999999999999999999", quantityErrors.suffix],
  ["Ei", quantityErrors.number],
  [".n", undefined],
])("%j is refused with %j", (text, error) => {
  expect(parseQuantity(text)).toEqual(error === undefined ? { ok: true, value: one("0n") } : { ok: false, error });
});

test.each([
  ["1n", true],
  ["0", false],
  ["-0.0", false],
  ["-1Gi", false],
])("%j is positive: %j", (text, positive) => {
  expect(isPositive(one(text))).toBe(positive);
});

test.each([
  [10, "10"],
  [1.5, "1.5"],
  [1e21, "1e21"],
  [1e-7, "100n"],
  [20n, "20"],
  [" 1Gi\u00a0", "1Gi"],
])("the JSON value %s is the quantity %s", (value, text) => {
  const result = parseQuantityValue(value);
  expect(result.ok && compareQuantities(result.value, one(text))).toBe(0);
});

test.each([true, "1Gi\n", "\t1", "1\u2028", ""])("the JSON value %j is no quantity", (value) => {
  expect(parseQuantityValue(value)).toEqual({ ok: false, error: quantityErrors.form });
});
