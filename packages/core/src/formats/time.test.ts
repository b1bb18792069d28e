import { expect, test } from "vitest";
import { isDateTime, isTimeOfDay } from "./time.ts";

test.each(["220000+0100", "000000-0000", "235959+0000", "003000-1130"])("takes the time of day %s", (text) => {
  expect(isTimeOfDay(text)).toBe(true);
});

test.each([
  "",
  "2200+0100",
  "22:00:00+01:00",
  "240000+0100",
  "226000+0100",
  "220060+0100",
  "220000",
  "220000Z",
  "220000+0160",
])("takes no time of day from %j", (text) => {
  expect(isTimeOfDay(text)).toBe(false);
});

test.each(["2025-03-03T10:00:00Z", "2024-02-29T23:59:59+01:00", "2000-02-29T00:00:00.123-00:00"])(
  "takes the time %s",
  (text) => {
    expect(isDateTime(text)).toBe(true);
  },
);

test.each([
  "",
  "2025-03-03",
  "2025-03-03T10:00:00",
  "2025-03-03 10:00:00Z",
  "2025-13-03T10:00:00Z",
  "2025-02-29T10:00:00Z",
  "1900-02-29T10:00:00Z",
  "2025-04-31T10:00:00Z",
  "2025-03-00T10:00:00Z",
  "2025-03-03T24:00:00Z",
  "2025-03-03T10:00:00+01",
])("takes no time from %j", (text) => {
  expect(isDateTime(text)).toBe(false);
});
