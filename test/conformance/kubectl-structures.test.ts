import { decodeUtf8 } from "@registry-cache/core";
import { expect, test } from "vitest";
import { type Answer, fromKubectl, ourAnswer, readCases } from "./kubectl-answer.ts";

interface Case {
  readonly name: string;
  readonly text?: string;
  readonly base64?: string;
  readonly parts?: readonly (readonly [string, number])[];
  readonly documents?: readonly string[];
  /** kubectl took the text, and its answer was too long to be recorded. */
  readonly accepted?: true;
  readonly error?: string;
}

const object = "the YAML is sound; what kubectl refuses is the object in it, which is for the rules to judge";
const list = "kubectl takes a List apart while it reads; we do so when we look for Shoots and Secrets";
const depth = "beyond 100 levels we do not read: no manifest comes near it, and no reader shall run out of stack";

/** Where we answer otherwise than kubectl, and why. */
const differences: Readonly<Record<string, string>> = {
  "marker in a literal block": object,
  "scalar document": object,
  "list document": object,
  "document without kind": object,
  "JSON list at the root": object,
  "kind List, item without kind": object,
  "kind List, null item": object,
  "kind as a number": object,
  "kind with a capital key": object,
  "metadata as a list": object,
  "name as a number": object,
  "label as a boolean": object,
  "kind List": list,
  "kind List, empty": list,
  "kind RecordedList": list,
  "depth 150, flow": depth,
  "depth 150, flow maps": depth,
  "depth 1000, flow": depth,
  "depth 1000, block": depth,
  "UTF-16": "our files are UTF-8; a file in UTF-16 is reported as one that is not",
};

const { kubectl, structures } = readCases("kubectl-structures.json") as {
  readonly kubectl: string;
  readonly structures: readonly Case[];
};
const cases = structures.map((it): [string, Case] => [it.name, it]);

test.each(cases.filter(([name]) => !(name in differences)))(`reads "%s" as kubectl ${kubectl} does`, (_, it) => {
  expect(ours(it)).toEqual(theirs(it));
});

test.each(cases.filter(([name]) => name in differences))(`still reads "%s" otherwise`, (_, it) => {
  expect(ours(it)).not.toEqual(theirs(it));
});

test("every difference has a case", () => {
  const names = structures.map((it) => it.name);
  expect(Object.keys(differences).filter((it) => !names.includes(it))).toEqual([]);
});

function ours({ text, base64, parts, accepted }: Case): Answer | "accepted" {
  const written = parts?.map(([part, times]) => part.repeat(times)).join("");
  const bytes = base64 === undefined ? undefined : Buffer.from(base64, "base64");
  const answer = ourAnswer(text ?? written ?? decodeUtf8(bytes ?? new Uint8Array()).text);
  return accepted && answer !== "refused" ? "accepted" : answer;
}

function theirs({ documents = [], error, accepted }: Case): Answer | "accepted" {
  if (accepted) return "accepted";
  return error === undefined ? documents.map(fromKubectl) : "refused";
}
