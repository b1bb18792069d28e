import { expect, test } from "vitest";
import { derTag } from "./der.ts";
import { readTime } from "./der-time.ts";
import { encodeUtf8 } from "./utf8.ts";

test.each([
  ["utcTime", "700101000000Z", "1970-01-01T00:00:00Z"],
  ["utcTime", "010301000000Z", "2001-03-01T00:00:00Z"],
  ["utcTime", "491231235959Z", "2049-12-31T23:59:59Z"],
  ["utcTime", "500101000000Z", "1950-01-01T00:00:00Z"],
  ["utcTime", "2402291230Z", "2024-02-29T12:30:00Z"],
  ["utcTime", "240229123000+0130", "2024-02-29T11:00:00Z"],
  ["utcTime", "240229123000-0130", "2024-02-29T14:00:00Z"],
  ["generalizedTime", "20500101000000Z", "2050-01-01T00:00:00Z"],
  ["generalizedTime", "99991231235959Z", "9999-12-31T23:59:59Z"],
  ["generalizedTime", "00010101000000Z", "0001-01-01T00:00:00Z"],
] as const)("%s %s is %s", (tag, text, iso) => {
  expect(readTime({ tag: derTag[tag], content: encodeUtf8(text) })).toBe(Date.parse(iso));
});

test.each([
  ["utcTime", "230229000000Z"],
  ["utcTime", "231301000000Z"],
  ["utcTime", "230100000000Z"],
  ["utcTime", "230101240000Z"],
  ["utcTime", "230101006000Z"],
  ["utcTime", "230101000060Z"],
  ["utcTime", "230101000000"],
  ["utcTime", "230101000000+0000"],
  ["utcTime", "230101000000+2500"],
  ["generalizedTime", "21000229000000Z"],
  ["generalizedTime", "202301010000Z"],
  ["integer", "230101000000Z"],
] as const)("%s %s is no time", (tag, text) => {
  expect(readTime({ tag: derTag[tag], content: encodeUtf8(text) })).toBeUndefined();
});
