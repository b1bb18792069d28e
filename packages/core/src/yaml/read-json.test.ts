import { growthOf, inStep } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import type { Tally } from "./assemble.ts";
import type { Node } from "./node.ts";
import { readJson } from "./read-json.ts";

function toPlain(node: Node): unknown {
  if (node.type === "scalar") return node.value;
  if (node.type === "seq") return node.items.map((it) => toPlain(it.value));
  return Object.fromEntries(node.entries.map((it) => [it.name, toPlain(it.value)]));
}

function read(text: string): unknown {
  const tally: Tally = { problems: [], mergedKeys: 0 };
  const reading = readJson(text, 0, tally);
  if (reading === undefined) return undefined;
  return [toPlain(reading.node), text.slice(reading.end), ...tally.problems.map((it) => it.message)];
}

test.each<readonly [string, unknown]>([
  ['{"a": [1, -2.5e1, true, null, "b"], "c": {}}\n{', [{ a: [1, -25, true, null, "b"], c: {} }, "\n{"]],
  ['{"a":"\\u00e9\\ud83d\\ude00\\/\\b\\ud83d"}', [{ a: "é😀/\b�" }, ""]],
  ['{"a":9007199254740993,"b":18446744073709551615}', [{ a: 9007199254740993n, b: 18446744073709552000 }, ""]],
  ["[1e400]", [[Number.POSITIVE_INFINITY], "", "kubectl refuses a number of this size"]],
  ['{"<<":1}', [{ "<<": 1 }, ""]],
  ['{"a":1,"a":2}', [{ a: 2 }, "", 'key "a" is written twice; kubectl keeps the last one without a word']],
  ["-0", [0, ""]],
  ['{"a":1,}', undefined],
  ["{a:1}", undefined],
  ["[0123]", undefined],
  ["[.5]", undefined],
  ["['a']", undefined],
  ['["a\tb"]', undefined],
  ['["\\x41"]', undefined],
  ['["\\\'"]', undefined],
  ["[1", undefined],
  ["[1 2]", undefined],
  ['{"a"}', undefined],
  ["{,}", undefined],
  ["# c", undefined],
  ["", undefined],
  ["[".repeat(101) + "]".repeat(101), undefined],
])("reads %j", (text, expected) => {
  expect(read(text)).toEqual(expected);
});

test("knows the place of everything", () => {
  const text = ' { "a" : [ 1 , "b" ] } ';
  const reading = readJson(text, 0, { problems: [], mergedKeys: 0 });
  const spans = (node: Node): unknown => {
    const written = text.slice(node.span.start, node.span.end);
    if (node.type === "scalar") return written;
    const members = node.type === "map" ? node.entries : node.items;
    return [written, ...members.map((it) => [text.slice(it.span.start, it.span.end), spans(it.value)])];
  };
  expect(reading && spans(reading.node)).toEqual([
    '{ "a" : [ 1 , "b" ] }',
    ['"a" : [ 1 , "b" ]', ['[ 1 , "b" ]', ["1", "1"], ['"b"', '"b"']]],
  ]);
});

test("reads long lists and many objects in step with their length", () => {
  const read = (size: number): void =>
    expect(readJson(`[${'{"a":1},'.repeat(size)}`, 0, { problems: [], mergedKeys: 0 })).toBe(undefined);
  expect(growthOf(read, 25_000)).toBeLessThan(inStep);
});
