import { expect, test } from "vitest";
import { scan } from "./scan.ts";

/** The kinds of a text's tokens, with what a key opens, and where and why scanning ends. */
function outline(text: string): string {
  const { tokens, refusal } = scan(text);
  const kinds = tokens.map(({ kind, opens, start, end }) => {
    const written = ["scalar", "alias", "anchor", "tag"].includes(kind) ? text.slice(start, end) : kind;
    return `${["", "? ", "open-map ? "][opens]}${written}`;
  });
  if (refusal === undefined) return kinds.join(" ");
  return `${kinds.join(" ")} at ${JSON.stringify(text.slice(refusal.span.start, refusal.span.end))}`;
}

test.each([
  ["", "end"],
  ["a: b", "open-map ? a : b close end"],
  ["a:\n- b\n-\tc", 'open-map ? a : - b - error at "\\t"'],
  ["a:\n  - b\nc:", "open-map ? a : open-list - b close ? c : close end"],
  ["? a\n: b", "open-map ? a : b close end"],
  ["&a !!str b: *c", "open-map ? &a !!str b : *c close end"],
  ["*a: b", "open-map ? *a : b close end"],
  ["&a:b", "&a :b end"],
  ["[a: b, ?c, d?e]", "[ ? a : b , ? c , d ? e ] end"],
  ["{a:1, b:[], 'c':d}", "{ a:1 , b: [ ] , ? 'c' : d } end"],
  ["{a\n: b}", "{ a : b } end"],
  ["a#b #c", "a#b end"],
  ["'a'#b", "'a' end"],
  ["[a,#b\nc]", "[ a , c ] end"],
  ["a b\n  c\n d: e", 'a b\n  c\n d error at ":"'],
  ["a\nb: c", 'a\nb error at ":"'],
  ["a: b\nc", 'open-map ? a : b error at "c"'],
  ["a: - b", 'open-map ? a : error at "-"'],
  ["a: |\n  b\n c\n", "open-map ? a : |\n  b c close end"],
  ["a: |2-\n   b\n\n# c\n", "open-map ? a : |2-\n   b close end"],
  ["a: >0\n", 'open-map ? a : error at ">0"'],
  ["a: |x\n", 'open-map ? a : error at "x"'],
  ["a: [b\nc]", "open-map ? a : [ b\nc ] close end"],
  ["a: 'b\nc'", "open-map ? a : 'b\nc' close end"],
  ["a: 'b", 'open-map ? a : error at "\'"'],
  ['"\\/"', 'error at "\\\\/"'],
  ['"\\ud800"', 'error at "\\\\u"'],
  ['"\\U0001F600\\x41\\\'"', '"\\U0001F600\\x41\\\'" end'],
  ["a: b\n\t\nc: d", 'open-map ? a : error at "\\t"'],
  ["a:\n\t# b\n", 'open-map ? a : error at "\\t"'],
  ["a:\t'b'\t# c\n", "open-map ? a : 'b' close end"],
  ["[\n\ta,\tb]", "[ a , b ] end"],
  ["a: `b`", 'open-map ? a : error at "`"'],
  ["!e!x a", 'error at "!"'],
  ["!<x>\n!! a", '!<x> error at "!"'],
  ["!<x> !! a", 'error at "!"'],
  ["&ä 1", 'error at "ä"'],
  ["%YAML 1.1\na", "directive a end"],
  ["%FOO", 'error at "%"'],
  ["a\u0085b: c", 'a\u0085b error at ":"'],
  ["\ufeffa: b", "open-map ? a : b close end"],
  [`${"k".repeat(1024)}: v`, `open-map ? ${"k".repeat(1024)} : v close end`],
  [`${"k".repeat(1025)}: v`, `${"k".repeat(1025)} error at ":"`],
  [`${"😀".repeat(1024)}: v`, `open-map ? ${"😀".repeat(1024)} : v close end`],
])("scans %j", (text, expected) => {
  expect(outline(text)).toBe(expected);
});
