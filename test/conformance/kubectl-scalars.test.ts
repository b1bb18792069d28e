import { expect, test } from "vitest";
import { fromKubectl, ourAnswer, readCases } from "./kubectl-answer.ts";

interface Case {
  readonly text: string;
  readonly json?: string;
}

const { kubectl, keys, ...values } = readCases("kubectl-scalars.json") as Record<string, readonly Case[]> & {
  readonly kubectl: string;
  readonly keys: readonly Case[];
};
const scalars = Object.entries(values).flatMap(([style, cases]) => cases.map((it) => ({ style, ...it })));

test.each(scalars)(`reads the $style scalar $text as kubectl ${kubectl} does`, ({ text, json }) => {
  const answer = ourAnswer(`spec:\n  v: ${text}\n`);
  expect(answer).toEqual(json === undefined ? "refused" : [{ spec: { v: fromKubectl(json) } }]);
});

test.each(keys)(`reads the key $text as kubectl ${kubectl} does`, ({ text, json }) => {
  const answer = ourAnswer(`spec:\n  ${text}: 1\n`);
  expect(answer).toEqual(json === undefined ? "refused" : [{ spec: { [JSON.parse(json) as string]: "number 1" } }]);
});

test("knows 60 spellings of scalars at the least", () => {
  expect(new Set([...scalars, ...keys].map((it) => it.text)).size).toBeGreaterThan(60);
});

test("tells an integer that a double cannot hold from the double", () => {
  expect(ourAnswer("- 9007199254740993\n- 9007199254740993.0\n")).toEqual([
    ["number 9007199254740993", "number 9007199254740992"],
  ]);
});
