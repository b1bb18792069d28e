import fc from "fast-check";
import { expect, test } from "vitest";
import { indexLines } from "./line-index.ts";

const text = "ab\r\nc\rd\n\n😀e";

test("knows the line ends LF, CRLF and CR", () => {
  const index = indexLines(text);
  expect(Array.from({ length: index.lineCount }, (_, line) => index.line(line))).toEqual(["ab", "c", "d", "", "😀e"]);
});

test.each([
  [0, 0, 0],
  [2, 0, 2],
  [4, 1, 0],
  [6, 2, 0],
  [8, 3, 0],
  [9, 4, 0],
  [11, 4, 2],
  [99, 4, 3],
  [-1, 0, 0],
])("places offset %i in line %i at %i", (offset, line, character) => {
  expect(indexLines(text).position(offset)).toEqual({ line, character });
});

test.each([
  [0, 99, 2],
  [1, 1, 5],
  [3, 5, 8],
  [99, 0, 12],
  [-1, 1, 1],
  [1, -1, 4],
])("finds line %i, character %i", (line, character, offset) => {
  expect(indexLines(text).offset({ line, character })).toBe(offset);
});

test("has one empty line for an empty text", () => {
  const index = indexLines("");
  expect([index.lineCount, index.line(0), index.line(1), index.position(3)]).toEqual([
    1,
    "",
    "",
    { line: 0, character: 0 },
  ]);
});

test("comes back to every offset that is not within a line end", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "\r", "\n", "😀") }), (any) => {
      const index = indexLines(any);
      for (let at = 0; at <= any.length; at += 1) {
        const inside = any[at - 1] === "\r" && any[at] === "\n";
        if (!inside) expect(index.offset(index.position(at))).toBe(at);
      }
    }),
  );
});
