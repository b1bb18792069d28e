import { expect, test } from "vitest";
import { closest, editDistance } from "./distance.ts";

test.each([
  ["upstraem", ["upstream", "remoteURL"], "upstream"],
  ["remoteurl", ["remoteURI", "remoteURL"], "remoteURL"],
  ["volum", ["volume", "column"], "volume"],
  ["http", ["http"], undefined],
  ["xyz", ["upstream"], undefined],
  ["abc", ["abd", "abe"], "abd"],
  ["ab", ["ac", "AB"], "AB"],
  ["ab", ["ac"], undefined],
  ["", ["a"], undefined],
])("the closest to %j among %j is %j", (word, candidates, expected) => {
  expect(closest(word, candidates)).toBe(expected);
});

test("a given distance replaces the default", () => {
  expect([closest("abcd", ["abxy"]), closest("abcd", ["abxy"], 2)]).toEqual([undefined, "abxy"]);
});

test.each([
  ["", "", 0],
  ["abc", "", 3],
  ["ab", "ba", 1],
  ["abcd", "acbd", 1],
  ["kitten", "sitting", 3],
  ["ca", "abc", 3],
])("from %j to %j it is %i edits", (from, to, expected) => {
  expect([editDistance(from, to), editDistance(to, from)]).toEqual([expected, expected]);
});
