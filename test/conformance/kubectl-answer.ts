import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseYaml, type YamlNode } from "@registry-cache/core";

/** What a reader makes of a stream: its documents, or a refusal. */
export type Answer = readonly unknown[] | "refused";

/** Reads a file of recorded answers. */
export function readCases(name: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, "cases", name), "utf8"));
}

/**
 * What our reader makes of a text. Where it refuses a document, it says so in one problem; kubectl stops there, and we go on to the
 * next document. A duplicate key is no refusal, since kubectl takes it.
 */
export function ourAnswer(text: string): Answer {
  const documents = parseYaml(text);
  const [refusals] = documents
    .map(({ problems }) => problems.filter((it) => it.kind !== "duplicate-key"))
    .filter((it) => it.length > 0);
  if (refusals === undefined) return documents.flatMap(({ root }) => (root ? [toComparable(root)] : []));
  if (refusals.length > 1) throw new Error(`one problem would do: ${JSON.stringify(refusals)}`);
  return "refused";
}

/** The value of JSON as kubectl printed it, with the digits of each number as text. */
export function fromKubectl(json: string): unknown {
  const text = json.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
    token.startsWith('"') ? token : JSON.stringify(digits(token)),
  );
  return JSON.parse(text);
}

/** A value as `fromKubectl` gives it. */
function toComparable(node: YamlNode): unknown {
  if (node.type === "seq") return node.items.map((it) => toComparable(it.value));
  if (node.type === "map") return Object.fromEntries(node.entries.map((it) => [it.name, toComparable(it.value)]));
  const { value } = node;
  return typeof value === "number" || typeof value === "bigint" ? digits(String(value)) : value;
}

/** An integer keeps its digits; for other numbers there are several ways to write them. */
function digits(number: string): string {
  return /^-?[1-9]\d*$/.test(number) ? `number ${number}` : `number ${Number(number) + 0}`;
}
