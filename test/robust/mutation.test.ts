import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyze, assertSound } from "./analyze.ts";
import { corpus } from "./corpus.ts";

const fixtures = corpus();
/** What people and broken tools put into manifests. */
const fragments = [
  "\t",
  "\n",
  "\r",
  "  ",
  "- ",
  ": ",
  "#",
  "&a ",
  "*a",
  "<<: *a\n",
  "{",
  "}",
  "[",
  "]",
  "'",
  '"',
  "|",
  ">",
  "|-\n",
  "!!binary ",
  "---\n",
  "...\n",
  "null",
  "~",
  "{{ x }}",
  "\u0000",
  "\ufeff",
  "\ufffd",
  "\u2028",
  "😀",
  "%YAML 1.1\n",
  "? ",
  ",",
  "\\",
];

function checked(text: string): void {
  assertSound(text, analyze(text));
}

describe("no text makes core throw or lose its way", () => {
  test("each fixture, cut off after each of its lines and in the middle of each", () => {
    for (const [, text] of fixtures) {
      for (let at = 0; at < text.length; at += 13) checked(text.slice(0, at));
      for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) checked(text.slice(0, at));
    }
  });

  test("each fixture without any one of its lines", () => {
    for (const [, text] of fixtures) {
      const lines = text.split("\n");
      lines.forEach((_, index) => {
        checked(lines.toSpliced(index, 1).join("\n"));
      });
    }
  });

  test("fixtures with anything typed, cut or moved anywhere", () => {
    const mutation = fc.record({
      fixture: fc.constantFrom(...fixtures),
      at: fc.nat(),
      length: fc.nat(40),
      insert: fc.constantFrom("", ...fragments),
      twice: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), ([first, ...more]) => {
        let text = first?.fixture[1] ?? "";
        for (const { at, length, insert, twice } of [...(first ? [first] : []), ...more]) {
          const place = at % (text.length + 1);
          text =
            text.slice(0, place) +
            insert +
            (twice ? text.slice(place, place + length) : "") +
            text.slice(place + (twice ? 0 : length));
        }
        checked(text);
      }),
      { numRuns: 4000, interruptAfterTimeLimit: 20_000 },
    );
  }, 60_000);

  test("text that is no manifest at all", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 300 }), checked), {
      numRuns: 2000,
      interruptAfterTimeLimit: 10_000,
    });
  }, 30_000);
});

describe("hostile texts are answered quickly and with a finding", () => {
  const bomb = ["a: &a [x, x, x, x, x, x, x, x, x, x]", ..."bcdefghij"].map((line, index) =>
    index === 0
      ? line
      : `${line}: &${line} [${Array(10)
          .fill(`*${"abcdefghij".charAt(index - 1)}`)
          .join(", ")}]`,
  );
  const mergeBomb = `a: &a {${Array.from({ length: 5000 }, (_, it) => `k${it}: 1`).join(", ")}}\nb:\n${"- <<: *a\n".repeat(10_000)}`;
  const texts: readonly (readonly [string, string])[] = [
    ["100,000 nested flow lists", "[".repeat(100_000)],
    ["100,000 nested flow maps", `a: ${"{".repeat(100_000)}`],
    ["100,000 nested flow lists that are closed", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
    ["100,000 nested block lists", `${"- ".repeat(100_000)}x`],
    ["an alias bomb", bomb.join("\n")],
    ["a merge bomb", mergeBomb],
    ["one broken line of a megabyte", `a: "${"b".repeat(1_000_000)}`],
    ["a megabyte of broken JSON", `{"kind": "Secret", "data": [${'{"a": 1},'.repeat(110_000)}`],
    ["a file of NUL bytes", "\u0000".repeat(100_000)],
  ];

  test.each(texts)(
    "%s",
    (_, text) => {
      const start = process.cpuUsage();
      const codes = analyze(text).map((it) => it.code);
      const { user, system } = process.cpuUsage(start);
      expect(codes).toHaveLength(1);
      expect(codes[0]).toMatch(/^RC00[14]$/);
      // A bound against hanging, not a measurement: each of these takes a fraction of a second.
      expect((user + system) / 1e6).toBeLessThan(8);
    },
    60_000,
  );
});
