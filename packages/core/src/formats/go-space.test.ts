import { expect, test } from "vitest";
import { hasGoSpace, isGoSpace, trimGoSpace } from "./go-space.ts";

test("exactly the 25 characters of unicode.IsSpace are white space", () => {
  const found = Array.from({ length: 0x10000 }, (_, point) => point).filter((point) =>
    isGoSpace(String.fromCharCode(point)),
  );
  const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index);
  expect(found).toEqual([
    ...range(0x09, 0x0d),
    0x20,
    0x85,
    0xa0,
    0x1680,
    ...range(0x2000, 0x200a),
    0x2028,
    0x2029,
    0x202f,
    0x205f,
    0x3000,
  ]);
});

test.each([
  ["a", "a", false],
  [" a ", "a", true],
  ["", "", false],
  [" \u0085a b\u3000\n", "a b", true],
  ["\ufeffa", "\ufeffa", false],
  [" \t", "", true],
])("%j is trimmed to %j; has white space: %j", (text, trimmed, has) => {
  expect([trimGoSpace(text), hasGoSpace(text)]).toEqual([trimmed, has]);
});
