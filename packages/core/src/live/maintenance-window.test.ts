import { expect, test } from "vitest";
import { effectiveWindow } from "./maintenance-window.ts";
import { readTime } from "./read-time.ts";

const show = (it: number): string => new Date(it).toISOString().slice(5, 16);

test.each([
  ["the next one of today", "220000+0000", "230000+0000", "2030-01-01T12:00:00Z", "01-01T22:00 01-01T22:45"],
  ["the open one", "220000+0000", "230000+0000", "2030-01-01T22:44:00Z", "01-01T22:00 01-01T22:45"],
  [
    "the next one in the last quarter of an hour",
    "220000+0000",
    "230000+0000",
    "2030-01-01T22:45:00Z",
    "01-02T22:00 01-02T22:45",
  ],
  ["the open one over midnight", "230000+0000", "010000+0000", "2030-01-02T00:10:00Z", "01-01T23:00 01-02T00:45"],
  ["one of another zone", "010000+0300", "020000+0300", "2030-01-01T12:00:00Z", "01-01T22:00 01-01T22:45"],
  ["one west of Greenwich", "220000-0330", "230000-0330", "2030-01-01T12:00:00Z", "01-02T01:30 01-02T02:15"],
  ["one of a whole day", "220000+0000", "220000+0000", "2030-01-01T21:50:00Z", "01-01T22:00 01-02T21:45"],
])("the window is %s", (...[, begin, end, now, expected]) => {
  const window = effectiveWindow(begin, end, Date.parse(now));
  expect(window && `${show(window.from)} ${show(window.to)}`).toBe(expected);
});

test.each([
  ["", "230000+0000"],
  ["220000+0000", "23:00"],
  ["240000+0000", "230000+0000"],
])("%j to %j is no window", (begin, end) => {
  expect(effectiveWindow(begin, end, 0)).toBeUndefined();
});

test.each([
  "1970-01-01T00:00:00Z",
  "2024-02-29T23:59:59Z",
  "2030-12-31T12:34:56Z",
  "1969-12-31T23:59:59Z",
  "2000-03-01T00:00:00Z",
])("%s is read as the platform reads it", (text) => {
  expect(readTime(text)).toBe(Date.parse(text));
});

test.each(["", "2030-02-30T00:00:00Z", "2030-01-01", "2030-01-01T00:00:00+01:00"])("%j is no time in UTC", (text) => {
  expect(readTime(text)).toBeUndefined();
});
