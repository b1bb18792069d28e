import fc from "fast-check";
import { expect, test } from "vitest";
import { startOf } from "./line-starts.ts";
import {
  changeBuffer,
  createBuffer,
  offsetAt,
  type PositionEncoding,
  positionAt,
  type TextBuffer,
} from "./text-buffer.ts";

const encodings: readonly PositionEncoding[] = ["utf-8", "utf-16", "utf-32"];
const text = fc
  .array(fc.constantFrom("a", "é", "€", "😀", "\n", "\r", "\r\n", "\ud83d", "bc"), { maxLength: 12 })
  .map((it) => it.join(""));

test.each([
  ["utf-8", 11],
  ["utf-16", 6],
  ["utf-32", 5],
] as const)("counts the characters of a line in %s", (encoding, character) => {
  const buffer = createBuffer("x\naé€😀b", encoding);
  const place = { line: 1, character };
  expect(positionAt(buffer, 8)).toEqual(place);
  expect(offsetAt(buffer, place)).toEqual(8);
});

test.each([
  [{ line: -1, character: 3 }, 0],
  [{ line: 0, character: 99 }, 2],
  [{ line: 1, character: -4 }, 4],
  [{ line: 7, character: 0 }, 5],
])("takes the place %j, which does not exist, for the nearest offset", (place, offset) => {
  expect(offsetAt(createBuffer("ab\r\nc", "utf-16"), place)).toEqual(offset);
});

test("a place in the middle of a character is the character's start", () => {
  expect(offsetAt(createBuffer("a😀b", "utf-8"), { line: 0, character: 3 })).toEqual(1);
});

test("after any changes a buffer is as if it were made of the new text", () => {
  const change = fc.record({ from: fc.nat(14), to: fc.nat(14), text });
  fc.assert(
    fc.property(text, fc.array(change, { maxLength: 5 }), fc.constantFrom(...encodings), (start, changes, encoding) => {
      let buffer = createBuffer(start, encoding);
      let plain = start;
      for (const { from, to, text: inserted } of changes) {
        const range = { start: positionAt(buffer, from), end: positionAt(buffer, to) };
        const [low, high] = [offsetAt(buffer, range.start), offsetAt(buffer, range.end)].sort((a, b) => a - b);
        plain = plain.slice(0, low) + inserted + plain.slice(high);
        buffer = changeBuffer(buffer, { range, text: inserted });
        expect(buffer.text).toBe(plain);
        expect(startsIn(buffer)).toEqual(startsIn(createBuffer(plain, encoding)));
      }
    }),
    { numRuns: 1000 },
  );
});

function startsIn({ lines }: TextBuffer): readonly unknown[] {
  return Array.from({ length: lines.count + 1 }, (_, line) => startOf(lines, line));
}

test("the place of an offset between characters leads back to it", () => {
  fc.assert(
    fc.property(text, fc.constantFrom(...encodings), (whole, encoding) => {
      const buffer = createBuffer(whole, encoding);
      let at = 0;
      for (const character of whole) {
        // Nobody can stand between CR and LF.
        if (!(whole[at - 1] === "\r" && character === "\n")) {
          expect(offsetAt(buffer, positionAt(buffer, at))).toBe(at);
        }
        at += character.length;
      }
    }),
  );
});
