import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { cursorAt } from "./cursor.ts";
import { maySkip } from "./outline-skip.ts";

const long = "x".repeat(30);
const contents = [
  "K:",
  "K: V",
  "- K: V",
  "- K:",
  "- V",
  "-",
  "- - V",
  "- K: |",
  "K: >-",
  "V",
  "# V",
  "#",
  "",
  'K: "V',
  '- "V',
  'V"',
  'K: "V"',
  "K: 'V",
  "V'",
  "K: [V,",
  "V]",
  "K: { a: V,",
  "b: V }, K: V",
  "K: { a: V }",
  "K: V # V",
  "K: &a V",
  "- K: !t",
  "K: ]",
  "- {V",
  "V: V: V",
];
const rare = [
  "|",
  '"V',
  "[V",
  "]",
  "}, K: V",
  "? K",
  ": V",
  "...",
  "... V",
  "{{ V }}",
  "&a K: V",
  "\tK: V",
  "K: V\r",
  "*a",
];
const line = fc
  .record({
    indent: fc.nat(9),
    content: fc.oneof({ weight: 60, arbitrary: fc.constantFrom(...contents) }, fc.constantFrom(...rare)),
    key: fc.constantFrom("a", "b", "c", "kind"),
  })
  .map(({ indent, content, key }) => {
    return " ".repeat(indent) + content.replaceAll("K", key).replaceAll("V", `${key}${long}`);
  });
const text = fc.array(line, { minLength: 5, maxLength: 60 }).map((lines) => lines.join("\n"));

test("what is left out of the lines around a cursor changes nothing", () => {
  let skipped = 0;
  fc.assert(
    fc.property(text, fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), (of, places) => {
      const document = { start: 0, end: of.length };
      if (maySkip(of, 0, of.length)) skipped += 1;
      for (const place of places) {
        const offset = place % (of.length + 1);
        const [found, expected] = [cursorAt(of, document, offset), cursorAt(of, document, offset, true)];
        // Comparing is quick; only a difference is worth showing.
        if (!isDeepStrictEqual(found, expected)) expect([offset, found]).toEqual([offset, expected]);
      }
    }),
    { numRuns: Number(process.env["SKIP_RUNS"] ?? 1000) },
  );
  expect(skipped).toBeGreaterThan(50);
}, 60_000);
