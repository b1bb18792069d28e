import { expect, test } from "vitest";
import { unescapePercent } from "./go-url-escape.ts";

test.each([
  ["a%20b+c", "text", "a b+c"],
  ["%C3%A9é", "text", "éé"],
  ["%ff", "text", "\ufffd"],
  ["%25", "host", "%"],
  ['[a]<b>"', "host", '[a]<b>"'],
  ["%e4", "host", "\ufffd"],
  ["%25a%20b%61", "zone", "%a ba"],
  ["%", "text", undefined],
  ["%4", "text", undefined],
  ["%4g", "text", undefined],
  ["%41", "host", undefined],
  ["a b", "host", undefined],
  ["a^b", "zone", undefined],
  ["%2f", "zone", undefined],
  ["%e4", "zone", undefined],
] as const)("%j as %s is %j", (text, part, expected) => {
  const result = unescapePercent(text, part);
  expect(result.ok ? result.value : undefined).toBe(expected);
});
