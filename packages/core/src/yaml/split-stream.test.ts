import { growthOf, inStep } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { splitStream } from "./split-stream.ts";

/** Each part as its document's own text, with what kubectl refuses about it. */
function bodies(text: string): readonly (string | readonly [string, string])[] {
  const parts = splitStream(text);
  expect(parts.map(({ span }) => text.slice(span.start, span.end)).join("")).toBe(text);
  return parts.map(({ body, refused }) => {
    const own = text.slice(body.start, body.end);
    return refused ? [own, text.slice(refused.span.start, refused.span.end)] : own;
  });
}

test.each<readonly [string, readonly (string | readonly [string, string])[]]>([
  ["", [""]],
  ["a\n---\nb\n--- # c\nd", ["a\n", "b\n", "d"]],
  ["---\na\n---", ["a\n", ""]],
  ["---\r\na\r\n---\r\nb", ["a\r\n", "b"]],
  ["a\n--- b\nc", ["a\n", ["b\nc", "b"]]],
  ["a\n---b\n----\n", ["a\n", ["b\n", "b"], ["-\n", "-"]]],
  ["a\n ---\n#---\n", ["a\n ---\n#---\n"]],
  ["a\n...\nb\n---\nc\n... d\n", ["a\n", "c\n"]],
  ["a\n...b\n", ["a\n...b\n"]],
  ["\ufeff---\na\n---\n\ufeffb", ["\na\n", "b"]],
  ['{"a":1}{"b":2}\n[3]\n', ['{"a":1}', '{"b":2}', "\n[3]"]],
  ['{"a":1}\n---\n{"b":2}\n', ['{"a":1}', '{"b":2}\n']],
  ['{"a":1}\nb: 2\n---\nc', ['{"a":1}', "b: 2\n", "c"]],
  ['{"a":1} # b\n', ['{"a":1}', "# b\n"]],
  ['{"a":1}{"b":2}\nc: 3\n', ['{"a":1}', '{"b":2}', ["c: 3\n", "c"]]],
  ["{a: 1}\n{b: 2}\n", ["{a: 1}\n{b: 2}\n"]],
  [' \n{"a":1}', [' \n{"a":1}']],
  ["[1][2]", ["[1][2]"]],
])("cuts %j", (text, expected) => {
  expect(bodies(text)).toEqual(expected);
});

test.each(["---\n", "---\n...\n", '{"a":1}\n', "a\n---\n", "...\n"])(
  "cuts many %j in step with their number",
  (text) => {
    expect(growthOf((size) => splitStream(text.repeat(size)), 25_000)).toBeLessThan(inStep);
  },
);
