import { expect, test } from "vitest";
import { isDateTime, isTimeOfDay, readDateTime } from "./time.ts";

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

test.each([
  "1970-01-01T00:00:00Z",
  "2024-02-29T23:59:59Z",
  "2024-03-01T00:00:00Z",
  "2000-02-29T12:00:00Z",
  "1900-03-01T00:00:00Z",
  "2026-12-31T23:00:00-02:30",
  "2026-01-01T00:15:00+05:45",
  "2026-07-01T08:00:00.5Z",
])("reads %s as JavaScript does", (text) => {
  expect(readDateTime(text)).toBe(Math.floor(Date.parse(text) / 1000));
});

test("a day is its start, and no other text is a time", () => {
  expect(["2026-07-01", "2026-02-30", "2026-7-1", "soon", ""].map(readDateTime)).toEqual([
    Date.UTC(2026, 6, 1) / 1000,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
