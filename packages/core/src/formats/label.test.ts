import { expect, test } from "vitest";
import { labelProblems } from "./label.ts";

const long = (length: number): string => "a".repeat(length);

test.each([
  ["team", "x"],
  ["team", ""],
  ["app.kubernetes.io/part-of", "Garden_1.x"],
  ["a", long(63)],
])("%s=%s is a label", (key, value) => {
  expect(labelProblems(key, value)).toEqual([]);
});

const words = "up to 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends";

test.each([
  ["", "x", [`its key must be ${words}`]],
  ["team", "-x", [`its value must be empty or ${words}`]],
  ["team", long(64), [`its value must be empty or ${words}`]],
  ["a/b/c", "x", ["its key has more than one slash"]],
  ["a b", "c d", [`its key must be ${words}`, `its value must be empty or ${words}`]],
])("%s=%s is none", (key, value, problems) => {
  expect(labelProblems(key, value)).toEqual(problems);
});

test("the prefix of a key is a name of DNS", () => {
  expect(labelProblems("Team_/x", "y")).toEqual([expect.stringMatching(/^the prefix of its key /)]);
});
