import { expect, test } from "vitest";
import { entryOf, itemsOf, type Node, type ScalarNode } from "./node.ts";
import { parseYaml } from "./parse.ts";

/** Every node as the text it is written with, and members as what they span. */
function outline(text: string): unknown {
  const write = (node: Node): unknown => {
    const written = text.slice(node.span.start, node.span.end);
    if (node.type === "scalar") return [written, node.value];
    const members = node.type === "map" ? node.entries : node.items;
    return members.map((it) => [text.slice(it.span.start, it.span.end), write(it.value)]);
  };
  return parseYaml(text).map(({ root }) => root && write(root));
}

function problems(text: string): readonly (readonly [string, string, string])[] {
  return parseYaml(text).flatMap((it) =>
    it.problems.map(({ kind, span, message }) => [kind, text.slice(span.start, span.end), message] as const),
  );
}

function toPlain(node: Node | undefined): unknown {
  if (node?.type === "scalar") return node.value;
  if (node?.type === "seq") return node.items.map((it) => toPlain(it.value));
  return node && Object.fromEntries(node.entries.map((it) => [it.name, toPlain(it.value)]));
}

test.each<readonly [string, string, unknown]>([
  [
    "empty items",
    "-\n- b\n-",
    [
      ["-", ["", null]],
      ["- b", ["b", "b"]],
      ["-", ["", null]],
    ],
  ],
  [
    "empty values",
    "a:\nb: &x # c",
    [
      ["a:", ["", null]],
      ["b: &x", ["", null]],
    ],
  ],
  [
    "pairs in a list",
    "[a: 1, b]",
    [
      ["a: 1", [["a: 1", ["1", 1]]]],
      ["b", ["b", "b"]],
    ],
  ],
  [
    "anchors and tags of items",
    "[&x a, !!str 1]",
    [
      ["&x a", ["a", "a"]],
      ["!!str 1", ["1", "1"]],
    ],
  ],
  [
    "bare keys in braces",
    "{a, b: }",
    [
      ["a", ["", null]],
      ["b:", ["", null]],
    ],
  ],
  [
    "the end of a literal",
    "a: |\n  x\n\nb: 1",
    [
      ["a: |\n  x", ["|\n  x", "x\n"]],
      ["b: 1", ["1", 1]],
    ],
  ],
  [
    "a kept literal's line breaks",
    "a: |+\n  x\n\nb: 1",
    [
      ["a: |+\n  x\n", ["|+\n  x\n", "x\n\n"]],
      ["b: 1", ["1", 1]],
    ],
  ],
  ["blank content of a literal", "a: |\n  x\n   \n", [["a: |\n  x\n   ", ["|\n  x\n   ", "x\n \n"]]]],
  ["a literal in CRLF", "a: |-\r\n  x\r\n  y\r\n", [["a: |-\r\n  x\r\n  y", ["|-\r\n  x\r\n  y", "x\ny"]]]],
  ["explicit keys", "? a\n: b", [["a\n: b", ["b", "b"]]]],
  ["the last of two keys", "a: 1\na: 2", [["a: 2", ["2", 2]]]],
])("places %s", (_, text, expected) => {
  expect(outline(text)).toEqual([expected]);
});

test("reads an alias as the anchored node and keeps its own place", () => {
  const text = "a: &x [1]\nb: *x\nc:\n- *x";
  const root = parseYaml(text)[0]?.root;
  const b = entryOf(root, "b");
  expect(b?.value).toBe(entryOf(root, "a")?.value);
  expect(b?.alias).toEqual({ start: 13, end: 15 });
  expect(itemsOf(entryOf(root, "c")?.value).map((it) => [it.dash, it.span, it.alias])).toEqual([
    [19, { start: 19, end: 23 }, { start: 21, end: 23 }],
  ]);
});

test("merges as kubectl does: what is written later wins, and of several maps the first", () => {
  const text = "a: &a {x: 1, w: 1}\nb: &b {x: 2, z: 2}\nc:\n  x: 0\n  <<: [*a, *b]\n  w: 3";
  const c = entryOf(parseYaml(text)[0]?.root, "c")?.value;
  const values = c?.type === "map" ? c.entries.map((it) => [it.name, (it.value as ScalarNode).value]) : [];
  expect(Object.fromEntries(values)).toEqual({ x: 1, z: 2, w: 3 });
});

test.each<readonly [string, readonly (readonly [string, string, string])[]]>([
  ["a: 1\na: 2", [["duplicate-key", "a", 'key "a" is written twice; kubectl keeps the last one without a word']]],
  ["*x : 1", [["alias", "*x", "no anchor above has the name of this alias"]]],
  ["a: *x", [["alias", "*x", "no anchor above has the name of this alias"]]],
  ["a: &x [*x]", [["alias", "*x", "this alias stands inside its own anchor"]]],
  ["a: !!int x", [["syntax", "x", "kubectl cannot read this value as its tag says"]]],
  ["a: .inf", [["syntax", ".inf", "kubectl refuses a document with a number that is not finite"]]],
  ["~: 1", [["syntax", "~", "kubectl takes no such key; quote it"]]],
  ["[a]: 1", [["syntax", "[a]", "a key must be a single value, not a map or a list"]]],
  [
    "[a]: 1\n[b]: 2",
    [
      ["syntax", "[a]", "a key must be a single value, not a map or a list"],
      ["syntax", "[b]", "a key must be a single value, not a map or a list"],
    ],
  ],
  [`"": 1\n'': 2`, [["duplicate-key", "''", 'key "" is written twice; kubectl keeps the last one without a word']]],
  ["<<: 1", [["syntax", "1", "a merge key `<<` takes a map or a list of maps"]]],
  ["a: &x.y 1", [["syntax", ".", "kubectl takes only letters, digits, `-` and `_` behind `&`"]]],
  ["a: &x [{b: 1}]\nc: {<<: *x}", [["syntax", "*x", "a merge key `<<` takes a map or a list of maps"]]],
  ["--- {a: 1}", [["syntax", "{a: 1}", "kubectl takes nothing but a comment behind `---`"]]],
  ["a: 1\n\t\nb: 2", [["syntax", "\t", "kubectl takes no tab here; indent with spaces"]]],
  ["a:\n-\tb", [["syntax", "\t", "kubectl takes no tab here; indent with spaces"]]],
  ["a: |\n  \tx", [["syntax", "\t", "kubectl takes no tab here; indent with spaces"]]],
  ["a: |\n  x\n  \ty\nb: [\n\t1]\nc: 2\t# d\n# e\tf", []],
  ["a: 1\n...\n[}", []],
  ["...\na: 1", [["syntax", "...", "kubectl takes no `...` where no document comes before it"]]],
  ["a: ]", [["syntax", "]", "a value is expected here"]]],
  ["a: [1", [["syntax", "[", "this `[` is not closed"]]],
  ["a: [1 2}", [["syntax", "}", "a `,` or the `]` of an open `[` is expected here"]]],
  ["{a\n : 1}", [["syntax", ":", "a `,` or the `}` of an open `{` is expected here"]]],
  ["[::1]", [["syntax", ":", "a value is expected here"]]],
  ["[a?b]", [["syntax", "?", "a `,` or the `]` of an open `[` is expected here"]]],
  ["{a: {b: 1,", [["syntax", "{", "this `{` is not closed"]]],
  ['a: "\\x"', [["syntax", "\\x", "kubectl knows no such escape; write `\\\\` for a backslash"]]],
  ["{{ a }}: 1", [["syntax", "{{ a }}", "a key must be a single value, not a map or a list"]]],
  ["a: &a\n  <<: *a", [["alias", "*a", "this alias stands inside its own anchor"]]],
  ["a: 1\nb\nc: 2", [["syntax", "b", "this stands where a key is expected, but no `:` follows it"]]],
  ["a: \u0007", [["syntax", "\u0007", "kubectl takes no control characters; write an escape in double quotes"]]],
  ["%YAML 1.2\n---\na: 1", [["syntax", "%YAML 1.2", "kubectl takes no `%` directives before a document"]]],
])("reports %j", (text, expected) => {
  expect(problems(text)).toEqual(expected);
});

test("reads the neighbours of a broken document, and what it can of the broken one", () => {
  const text = "a: 1\n---\nb: {c: 2\nd: 3\n---\ne: 4\n";
  expect(
    parseYaml(text).map(({ root, problems: found }) => [entryOf(root, "b") !== undefined, found.map((it) => it.kind)]),
  ).toEqual([
    [false, []],
    [true, ["syntax"]],
    [false, []],
  ]);
});

test.each([
  ["brackets that close at the column of their key", "a: [\n  x,\n]\nb: {\n  c: 1 # d\n}\n", { a: ["x"], b: { c: 1 } }],
  [
    "lines in brackets that are not indented",
    "a:\n  b: [\nx y,# z ]\n'it''s\n]'\n ]\n",
    { a: { b: ["x y", "it's ]"] } },
  ],
  ["lines in quotes that are not indented", 'a:\n  b: "x\n\ny\\\nz"\n', { a: { b: "x\nyz" } }],
  [
    "tabs in brackets",
    "a: [1,\t2]\n# it's [ open\nb: |\n  x: [\nc: {\n\td: 1 }\n",
    { a: [1, 2], b: "x: [\n", c: { d: 1 } },
  ],
  ["a merge key with a tag as a key", "a: &x {b: 1}\nc: {!!str <<: *x}", { a: { b: 1 }, c: { "<<": { b: 1 } } }],
])("takes %s", (_, text, expected) => {
  expect(problems(text)).toEqual([]);
  expect(toPlain(parseYaml(text)[0]?.root)).toEqual(expected);
});

test("lets an anchor within a value of the same name win", () => {
  const [document] = parseYaml("a: &x {b: &x 1}\nc: *x");
  expect(toPlain(document?.root)).toEqual({ a: { b: 1 }, c: 1 });
});

test("reads JSON objects that follow each other, and YAML behind them", () => {
  const roots = (text: string): readonly unknown[] => parseYaml(text).map(({ root }) => toPlain(root));
  expect(roots('{"a":"}"}{"b":1}\n{"c":2}\n')).toEqual([{ a: "}" }, { b: 1 }, { c: 2 }]);
  expect(roots('{"a":"}"}\nd: 3\n---\n{"e":4} # f\n')).toEqual([{ a: "}" }, { d: 3 }, { e: 4 }]);
  expect(roots("{a: '}'}\n")).toEqual([{ a: "}" }]);
});

test("gives every place of the text a document", () => {
  const text = "# head\na: 1\n# tail\n---\nb: 2\n...\n# more\n";
  expect(parseYaml(text).map(({ span }) => text.slice(span.start, span.end))).toEqual([
    "# head\na: 1\n# tail\n",
    "---\nb: 2\n...\n# more\n",
  ]);
});
