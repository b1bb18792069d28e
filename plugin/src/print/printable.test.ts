import { expect, test } from "vitest";
import { blanksFor, printable, widthOf } from "./printable.ts";

test.each([
  ["abc", 3],
  ["漢字", 4],
  ["ｱ", 1],
  ["Ａ", 2],
  ["\u{1f98a}", 2],
  ["\u2764\ufe0f", 2],
  ["\u{1f469}\u200d\u{1f4bb}", 2],
  ["e\u0301", 1],
  ["\ufeff", 0],
  ["\u200b", 0],
  ["한글", 4],
  ["ü", 1],
])("%j takes %i columns", (text, width) => {
  expect(widthOf(text)).toBe(width);
});

test("blanks keep tabs, whose width only the terminal knows", () => {
  expect(blanksFor("a\t漢\tb")).toBe(" \t  \t ");
});

test("what would steer a terminal or turn the reading order becomes a sign", () => {
  expect(printable("a\u001b[31m\u0007\u007f\u0085\u202eb\tc\ufffd")).toBe(
    "a\u241b[31m\u2407\u2421\ufffd\ufffdb\tc\ufffd",
  );
});
