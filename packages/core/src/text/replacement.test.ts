import fc from "fast-check";
import { expect, test } from "vitest";
import { joinReplacements, moveByReplacement, type Replacement } from "./replacement.ts";

interface Step {
  readonly at: number;
  readonly removed: number;
  readonly text: string;
}

const step = fc.record({ at: fc.nat(20), removed: fc.nat(6), text: fc.string({ maxLength: 6 }) });

function apply(text: string, { at, removed, text: inserted }: Step): { text: string; replacement: Replacement } {
  const start = at % (text.length + 1);
  const end = Math.min(text.length, start + removed);
  const replacement = { span: { start, end }, length: inserted.length };
  return { text: text.slice(0, start) + inserted + text.slice(end), replacement };
}

test("several replacements joined leave what is outside as it is, and tell how long the inside has become", () => {
  fc.assert(
    fc.property(fc.string(), step, fc.array(step, { maxLength: 5 }), (before, first, others) => {
      let { text, replacement } = apply(before, first);
      for (const it of others) {
        const next = apply(text, it);
        text = next.text;
        replacement = joinReplacements(replacement, next.replacement);
      }
      const { span, length } = replacement;
      const inside = text.slice(span.start, span.start + length);
      expect(before.slice(0, span.start) + inside + before.slice(span.end)).toBe(text);
    }),
  );
});

test.each([
  ["before it", { start: 0, end: 4 }, { start: 0, end: 4 }],
  ["that ends where something is inserted", { start: 1, end: 5 }, { start: 1, end: 5 }],
  ["that begins where something is inserted", { start: 5, end: 8 }, { start: 7, end: 10 }],
  ["around it", { start: 1, end: 8 }, { start: 1, end: 10 }],
  ["behind it", { start: 6, end: 8 }, { start: 8, end: 10 }],
])("a span %s moves with its text", (_, span, moved) => {
  expect(moveByReplacement(span, { span: { start: 5, end: 5 }, length: 2 })).toEqual(moved);
});
