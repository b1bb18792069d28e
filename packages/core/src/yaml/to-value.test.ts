import { expect, test } from "vitest";
import { parseYaml } from "./parse.ts";
import { toValue } from "./to-value.ts";

const plain = (text: string): unknown =>
  parseYaml(text).map(({ root }) => root && JSON.parse(JSON.stringify(toValue(root))));

const cases: readonly { readonly text: string; readonly value: unknown }[] = [
  { text: "a: [1, yes, null, x]\nb: {c: 1.5}", value: { a: [1, true, null, "x"], b: { c: 1.5 } } },
  { text: "a: &x {k: v}\nb: *x\nc: {<<: *x, l: w}", value: { a: { k: "v" }, b: { k: "v" }, c: { k: "v", l: "w" } } },
  { text: "a: 1\na: 2", value: { a: 2 } },
  { text: '{"__proto__": {"a": 1}}', value: JSON.parse('{"__proto__": {"a": 1}}') },
  { text: "9007199254740993", value: 9007199254740992 },
];

test.each(cases)("$text has its plain value", ({ text, value }) => {
  expect(plain(text)).toEqual([value]);
});

test("what an alias names is converted once", () => {
  const [document] = parseYaml("a: &a {k: v}\nb: *a\n");
  const value = document?.root && toValue(document.root);
  if (typeof value !== "object" || value === null || !("a" in value)) throw new Error("unreachable: it is a map");
  expect(value["b"]).toBe(value["a"]);
});
