import fc from "fast-check";
import { expect, test } from "vitest";
import { compose } from "./compose.ts";
import { readSimple } from "./read-simple.ts";
import { scan } from "./scan.ts";

const base = 7;
const manifest = `# A comment
apiVersion: v1
kind: "Secret"
metadata:
  name : 'a-b'   # another

  labels:
    on-call: yes:no
    empty:
items:
- name: x
  list:
    - 1
    - - -2
      - .5
-
  deep: a#b
-
spec:
  url: http://x:80/?a=b&c={d}, e
  émoji: "😀 # : -"
`;

function readGenerally(part: string): unknown {
  const { tokens, refusal } = scan(part);
  const { root, problems, refusal: why } = compose({ part, base }, tokens, refusal);
  return why ?? (problems.length > 0 ? problems : root);
}

test("reads what most manifests are made of", () => {
  expect(readSimple(manifest, base)).toEqual(readGenerally(manifest));
  expect(readSimple(manifest.trimEnd(), base)).toEqual(readGenerally(manifest.trimEnd()));
});

test.each([
  ["several lines", "a: b\n  c"],
  ["what no key may stand beside", "a: b\n c: d"],
  ["a list beside keys", "a: b\n- c"],
  ["a key among items", "- a\nb: c"],
  ["a column that nothing has", "a:\n    b: c\n  d: e"],
  ["two keys on a line", "a: b: c"],
  ["a value without a key", "a"],
  ["a key twice", "a: 1\na: 2"],
  ["a merge", "<<: 1"],
  ["a key that is no string", "1: a"],
  ["a number that is not finite", "a: .inf"],
  ["an anchor", "a: &b c"],
  ["an alias", "a: *b"],
  ["a tag", "a: !!str b"],
  ["brackets", "a: {}"],
  ["a block scalar", "a: |\n  b"],
  ["escapes", 'a: "\\n"'],
  ["two quotes for one", "a: 'b''c'"],
  ["quotes that stay open", 'a: "b'],
  ["what follows a quote", 'a: "b" c'],
  ["a colon right behind a quote", '"a":b'],
  ["a tab", "a:\tb"],
  ["a carriage return", "a: b\r\n"],
  ["a line separator", "# a\u2028b: c"],
  ["a byte order mark", "\ufeffa: b"],
  ["a control character", "a: \u0001"],
  ["a very long key", `${"a".repeat(1000)}: b`],
  ["deep nesting", `${"- ".repeat(60)}a`],
  ["nothing", "# a"],
])("leaves %s to the scanner", (_, part) => {
  expect(readSimple(part, base)).toBe(undefined);
});

const pieces = [
  "a",
  "key",
  ": ",
  ":",
  "- ",
  "-",
  "\n",
  "\n",
  "\n  ",
  "\n    ",
  "  ",
  " ",
  "# c",
  "#",
  "'q'",
  '"d"',
  "''",
];
const odd = [
  "<<",
  "*a",
  "&a",
  "!t",
  "|",
  ">",
  "{}",
  "[]",
  ",",
  "1",
  ".inf",
  "y",
  "? ",
  "?",
  "\t",
  "\r",
  "é",
  "\x85",
  "%",
  "@",
];
const piece = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...pieces) }, fc.constantFrom(...odd));

function expectOneTree(part: string): void {
  const tree = readSimple(part, base);
  if (tree !== undefined) expect(tree).toEqual(readGenerally(part));
}

test("gives no other tree than scanner and composer, whatever the text is", () => {
  const text = fc.array(piece, { maxLength: 30 }).map((it) => it.join(""));
  fc.assert(fc.property(text, expectOneTree), { numRuns: 5000 });
});

test("gives no other tree where a manifest is edited anywhere", () => {
  const edit = fc.tuple(fc.nat(manifest.length), fc.nat(3), piece);
  const edited = fc
    .array(edit, { minLength: 1, maxLength: 3 })
    .map((edits) =>
      edits.reduce((text, [at, length, by]) => text.slice(0, at) + by + text.slice(at + length), manifest),
    );
  fc.assert(fc.property(edited, expectOneTree), { numRuns: 5000 });
});
