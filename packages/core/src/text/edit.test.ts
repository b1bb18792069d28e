import fc from "fast-check";
import { expect, test } from "vitest";
import { applyEdits, conflict, type Edit } from "./edit.ts";
import { overlaps } from "./span.ts";

const edit = (start: number, end: number, text: string): Edit => ({ span: { start, end }, text });

test.each<readonly [string, readonly Edit[], string]>([
  ["nothing", [], "abcdef"],
  ["edits in any order", [edit(4, 5, "E"), edit(0, 1, "A")], "AbcdEf"],
  ["inserts at one place in their order", [edit(3, 3, "1"), edit(3, 3, "2")], "abc12def"],
  ["an insert before what is replaced at its place", [edit(3, 4, "D"), edit(3, 3, "1")], "abc1Def"],
  ["an insert behind what is replaced before it", [edit(2, 3, "C"), edit(3, 3, "1")], "abC1def"],
  ["neighbours", [edit(0, 3, "x"), edit(3, 6, "y")], "xy"],
  ["only the first of what overlaps", [edit(0, 3, "x"), edit(2, 4, "y"), edit(1, 1, "z")], "xdef"],
  ["no replacement around an insert", [edit(2, 2, "x"), edit(0, 4, "y")], "abxcdef"],
  ["the same edit once", [edit(0, 1, "x"), edit(0, 1, "x")], "xbcdef"],
])("applies %s", (_, edits, expected) => {
  expect(applyEdits("abcdef", edits)).toBe(expected);
});

test("knows which edits cannot both be applied", () => {
  expect(conflict([edit(0, 2, "")], [edit(1, 3, "")])).toBe(true);
  expect(conflict([edit(0, 2, "")], [edit(2, 3, "")])).toBe(false);
  expect(conflict([edit(2, 2, "a")], [edit(2, 2, "b")])).toBe(true);
  expect(conflict([edit(2, 2, "a")], [edit(1, 3, "b")])).toBe(true);
  expect(conflict([edit(2, 2, "a")], [edit(2, 3, "b")])).toBe(false);
  expect(conflict([], [edit(2, 3, "b")])).toBe(false);
});

test("calls spans overlapping whichever comes first", () => {
  const span = fc.tuple(fc.nat(5), fc.nat(5)).map(([start, length]) => ({ start, end: start + length }));
  fc.assert(
    fc.property(span, span, (a, b) => {
      expect(overlaps(a, b)).toBe(overlaps(b, a));
      expect(overlaps(a, a)).toBe(true);
    }),
  );
});

test("applies edits that do not overlap in any order with one result", () => {
  const pieces = fc.array(fc.tuple(fc.string(), fc.option(fc.string(), { nil: undefined })), { maxLength: 8 });
  fc.assert(
    fc.property(pieces, fc.boolean(), (parts, backwards) => {
      const edits: Edit[] = [];
      let text = "";
      for (const [old, replaced] of parts) {
        const start = text.length;
        text += `${old}.`;
        if (replaced !== undefined) edits.push(edit(start, start + old.length, replaced));
      }
      const expected = parts.map(([old, replaced]) => `${replaced ?? old}.`).join("");
      expect(applyEdits(text, backwards ? edits.toReversed() : edits)).toBe(expected);
    }),
  );
});
