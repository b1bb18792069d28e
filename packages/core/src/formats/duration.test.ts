import { expect, test } from "vitest";
import { formatDuration, parseDuration } from "./duration.ts";

test.each([
  ["0", 0n, "0s"],
  ["-0s", 0n, "0s"],
  ["168h", 604_800_000_000_000n, "168h0m0s"],
  ["1h", 3_600_000_000_000n, "1h0m0s"],
  ["+5m", 300_000_000_000n, "5m0s"],
  ["1.5s", 1_500_000_000n, "1.5s"],
  [".5h", 1_800_000_000_000n, "30m0s"],
  ["1.s", 1_000_000_000n, "1s"],
  ["1h30m", 5_400_000_000_000n, "1h30m0s"],
  ["300ms", 300_000_000n, "300ms"],
  ["1us", 1000n, "1\u00b5s"],
  ["1\u03bcs", 1000n, "1\u00b5s"],
  ["1.5\u00b5s", 1500n, "1.5\u00b5s"],
  ["-1ns", -1n, "-1ns"],
  ["2562047h47m16.854775807s", 9_223_372_036_854_775_807n, "2562047h47m16.854775807s"],
  ["-9223372036854775808ns", -9_223_372_036_854_775_808n, "-2562047h47m16.854775808s"],
  // Go's sum wraps around.
  ["-9223372036854775808ns9223372036854775808ns", 0n, "0s"],
])("%j is %i ns and printed %j", (text, value, canonical) => {
  expect([parseDuration(text), formatDuration(value)]).toEqual([{ ok: true, value }, canonical]);
});

test.each([
  ["", 'time: invalid duration ""'],
  ["-", 'time: invalid duration "-"'],
  ["h", 'time: invalid duration "h"'],
  [".s", 'time: invalid duration ".s"'],
  ["--1h", 'time: invalid duration "--1h"'],
  [" 1h", 'time: invalid duration " 1h"'],
  ["9999999999h", 'time: invalid duration "9999999999h"'],
  ["9223372036854775808ns", 'time: invalid duration "9223372036854775808ns"'],
  ["1", 'time: missing unit in duration "1"'],
  ["1.5", 'time: missing unit in duration "1.5"'],
  ["7d", 'time: unknown unit "d" in duration "7d"'],
  ["1h ", 'time: unknown unit "h " in duration "1h "'],
  ["1h-1m", 'time: unknown unit "h-" in duration "1h-1m"'],
  ["1é", 'time: unknown unit "\\xc3\\xa9" in duration "1\\xc3\\xa9"'],
  ['1"\\', 'time: unknown unit "\\"\\\\" in duration "1\\"\\\\"'],
])("%j is refused in Go's words", (text, error) => {
  expect(parseDuration(text)).toEqual({ ok: false, error });
});
