import { expect, test } from "vitest";
import { findAll, renderTemplate } from "./evaluate.ts";
import { parsePath, parseTemplate } from "./parse.ts";

const root = {
  kind: "List",
  items: [
    { name: "a", count: 2, labels: { "x.y/z": "1", b: null }, tags: ["p", "q"], ready: true },
    { name: "b", count: 10, tags: [], owner: { name: "a" } },
    { name: "c d", count: 3 },
  ],
};

test.each([
  ["{.kind}", "List"],
  ["kind", "List"],
  [".kind", "List"],
  ["$.kind", "List"],
  ["{$.kind}", "List"],
  ["{@.kind}", "List"],
  ["{ .kind }", "List"],
  ["{.kind}: {.items[0].name}!", "List: a!"],
  ["{.items[*].name}", "a b c d"],
  ["{.items[0:2].name}", "a b"],
  ["{.items[-1].name}", "c d"],
  ["{.items[-2:].name}", "b c d"],
  ["{.items[::2].name}", "a c d"],
  ["{.items[0,2].name}", "a c d"],
  ["{.items[0]['name','count']}", "a 2"],
  ['{.items[0].labels["x.y/z"]}', "1"],
  ["{.items[0].labels.x\\.y/z}", "1"],
  ["{.items[0].labels.b}", ""],
  ["{.items[0].tags}", '["p","q"]'],
  ["{.items[0].tags[*]}", "p q"],
  ["{.items[0].labels}", '{"x.y/z":"1","b":null}'],
  ["{.items[1].owner.*}", "a"],
  ["{..name}", "a b a c d"],
  ["{.nothing.at.all}", ""],
  ["{.items[9].name}", ""],
  ["{.kind.name}", ""],
  ['{.items[?(@.name=="b")].count}', "10"],
  ["{.items[?(@.name == 'c d')].count}", "3"],
  ["{.items[?(@.name!='b')].name}", "a c d"],
  ["{.items[?(@.count>2)].name}", "b c d"],
  ["{.items[?(@.count>=3)].name}", "b c d"],
  ["{.items[?(@.count<3)].name}", "a"],
  ["{.items[?(@.count<=2)].name}", "a"],
  ["{.items[?(@.ready==true)].name}", "a"],
  ["{.items[?(@.owner)].name}", "b"],
  ["{.items[?(@.owner.name=='a')].name}", "b"],
  ['{range .items[*]}{.name}{"\\t"}{.count}{"\\n"}{end}', "a\t2\nb\t10\nc d\t3\n"],
  ["{range .items[*]}{.name}:{range .tags[*]}<{@}>{end};{end}", "a:<p><q>;b:;c d:;"],
  ["{range .items[?(@.count>2)]}[{.name}]{end}", "[b][c d]"],
  ["{.}", JSON.stringify(root)],
  ['{"quoted \\"text\\""}', 'quoted "text"'],
  ["", ""],
])("%s", (template, expected) => {
  expect(renderTemplate(parseTemplate(template), root)).toBe(template === "" ? JSON.stringify(root) : expected);
});

test.each([
  ["{.a", "ends where } should be"],
  ["{.a[}", 'has "}" in brackets'],
  ["{.a[0}", 'has "}" where ] should be'],
  ["{.a[?(@.b]}", 'has "]}" where ) should be'],
  ["{.a[?('x')]}", "has a filter that compares nothing"],
  ["{.a[::0]}", "has a slice with a step below 1"],
  ["{range .a}{.b}", "has a {range} without an {end}"],
  ["{.b}{end}", "has an {end} without a {range}"],
  ["{.a!}", 'has "!}" where } should be'],
  ["{.!}", 'has "!}" where } should be'],
])("%s %s", (template, message) => {
  expect(() => parseTemplate(template)).toThrow(message);
});

test("a path for sorting is one path", () => {
  expect(findAll(parsePath(".items[0].count"), root)).toEqual([2]);
  expect(findAll(parsePath("{.items[*].count}"), root)).toEqual([2, 10, 3]);
  for (const path of ["{.a}{.b}", "{.a} ", "{range .a}{end}"])
    expect(() => parsePath(path)).toThrow("is no single path");
});
