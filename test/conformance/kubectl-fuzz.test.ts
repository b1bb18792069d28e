import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { lacks } from "../requirements.ts";
import { findKubectl } from "../tools/kubectl.ts";
import { type Answer, fromKubectl, ourAnswer } from "./kubectl-answer.ts";

const kubectl = findKubectl();
const scratch = mkdtempSync(join(tmpdir(), "registry-cache-kubectl-"));
const file = join(scratch, "fuzzed.yaml");

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

// A kind that no scheme knows is decoded without types, so the answer is what YAML alone says.
const head = "apiVersion: example.com/v1\nkind: Recorded\nmetadata:\n  name: x\n";
const block = `spec:
  extensions:
  - type: registry-cache # a comment
    providerConfig:
      caches:
      - upstream: docker.io
        volume: {size: 10Gi, storageClassName: "a b"}
        list: [a, 'b c', "d", {e: f}]
  text: |
    line one
      line two

  folded: >-
    one
    two
  empty:
  plain: multi line
    plain text
`;
const anchored = `spec:
  base: &base
    a: 1
    b: [x, y]
  other:
    <<: *base
    b: z
  quoted: 'it''s'
  double: "tab\\t and \\u00e9 \\
    continued"
  nested:
    - - a
      - b
    -
      c: d
    - {k: v, "q": [1, 2]}
`;
const flow = `spec: {extensions: [{type: a, caches: [{upstream: "docker.io", ttl: 168h}]}], "x": 'y', n: null}\n`;

const typed = [
  "\t",
  "\n",
  "  ",
  "- ",
  ": ",
  "#",
  " #",
  "&a ",
  "*a",
  "*base",
  "<<: *base\n",
  "{",
  "}",
  "[",
  "]",
  "'",
  '"',
  "|",
  ">",
  "|-\n",
  ">+\n",
  "!!str ",
  "!x ",
  "---\n",
  "...\n",
  "null",
  "~",
  ",",
  "? ",
  "\\",
  "%",
  "@",
  "`",
  "\r",
  "\u0085",
  "\u2028",
  "é",
  "-",
  "::",
  "a: b",
  "yes",
  "0x1f",
  "1e3",
  "'a'\n",
  "\n\n",
  "\n    ",
];

const change = fc.record({ at: fc.nat(2000), cut: fc.nat(4), insert: fc.constantFrom("", ...typed) });
const fuzzed = fc
  .tuple(fc.constantFrom(block, anchored, flow), fc.array(change, { minLength: 1, maxLength: 3 }))
  .map(([body, changes]) => {
    return changes.reduce<string>((text, { at, cut, insert }) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + insert + text.slice(place + (insert === "" ? cut + 1 : 0));
    }, body);
  });

function theirAnswer(text: string): Answer | "object" {
  writeFileSync(file, text);
  const args = ["label", "--local", "-f", file, "fuzzed=yes", "-o", "json"];
  const { status, stdout, stderr } = spawnSync(kubectl.path ?? "", args, {
    encoding: "utf8",
    env: { KUBECONFIG: "/dev/null", HOME: scratch },
  });
  // What is wrong with the object, not with the YAML, is none of the reader's business; several documents come out one by one.
  if (/is missing in|must be an object|json: cannot|unable to decode/.test(stderr) || stdout.includes("\n{"))
    return "object";
  return status === 0 ? [fromKubectl(stdout)] : "refused";
}

function withoutLabel(answer: Answer | "object"): unknown {
  return typeof answer === "string"
    ? answer
    : JSON.parse(
        JSON.stringify(answer).replace(',"labels":{"fuzzed":"yes"}', "").replace('"labels":{"fuzzed":"yes"},', ""),
      );
}

describe.skipIf(lacks(kubectl, "YAML beside the real kubectl"))("beside the real kubectl", () => {
  test("a manifest that anybody has typed into is read, or refused, as kubectl does", () => {
    fc.assert(
      fc.property(fuzzed, (body) => {
        const theirs = theirAnswer(head + body);
        if (theirs === "object") return;
        expect(ourAnswer(head + body)).toEqual(withoutLabel(theirs));
      }),
      { numRuns: 150 },
    );
  }, 120_000);
});
