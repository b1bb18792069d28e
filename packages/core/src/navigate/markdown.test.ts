import { expect, test } from "vitest";
import { code, plain } from "./markdown.ts";

test.each([
  ["quay", "`quay`"],
  ["a `b` c", "``a `b` c``"],
  ["`", "`` ` ``"],
  ["a\n b", "`a b`"],
  ["", "`  `"],
])("%j as code", (text, expected) => {
  expect(code(text)).toBe(expected);
});

test.each([
  ["ro-quay-v1.2 (x)", "ro-quay-v1.2 (x)"],
  ["<b> *a* _b_ [c](d) \\ `e` & ~f~ |", "\\<b\\> \\*a\\* \\_b\\_ \\[c\\](d) \\\\ \\`e\\` \\& \\~f\\~ \\|"],
  ["a\nb", "a b"],
])("%j as itself", (text, expected) => {
  expect(plain(text)).toBe(expected);
});
