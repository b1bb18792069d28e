import { growthOf, inStep } from "@registry-cache/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits, type Edit } from "../text/edit.ts";
import {
  ensurePath,
  insertEntry,
  insertItem,
  removeEntry,
  removeItem,
  renameKey,
  replaceScalar,
  setEntry,
  stripFinalNewlines,
  wrapEntry,
} from "./edit.ts";
import type { Node } from "./node.ts";
import { parseYaml } from "./parse.ts";

const shoot = `# A Shoot
apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: &meta
  name: "crazy-botany" # name
  labels: { a: 'b', c: !!str 1, ? d, e: [x: y, z] }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha3
      caches:
      - upstream: docker.io
        volume: {size: 100Gi}
        secretReferenceName: docker-secret
      -
        <<: *meta
        note: |-
          first # no comment

          second
  resources:
  - {name: docker-secret, resourceRef: {apiVersion: v1, kind: Secret, name: docker-v1}}
...
---
{
  "apiVersion": "v1",
  "kind": "Secret", # allowed
  "data": {"username": "YQ==", "password": "YWJjCg==",},
  "list": [1, [2, 3], {}, []]
}
`;
const fixtures: readonly string[] = [
  shoot,
  shoot.replaceAll("\n", "\r\n"),
  `\ufeff${shoot}`,
  "? a\n: b\n? - c\n: >+\n  d\n\n",
  "%YAML 1.1\n---\na: 1\n",
  "- - - a\n    - b\n-\n-\t- c: 'd\n     e'\n",
];

test.each(fixtures.map((text, at) => [text, at === 1 || at === 2 ? 7 : 1] as const))(
  "takes prefixes of a fixture (%#)",
  (text, step) => {
    for (let end = 0; end <= text.length; end += step) checkReading(text.slice(0, end));
  },
  20_000,
);

test("takes any mutation of a fixture, and edits what it recovers", () => {
  const piece = fc.oneof(
    fc.constantFrom(..."{}[],:#&*!|>'\"%@`-?~<. \n\r\t\ufeff\u0000a1"),
    fc.constantFrom("- ", ": ", "? ", "\n  ", "<<: *a", "&a ", "*a", "!!int ", "---\n", "...\n", "{{ x }}"),
  );
  const mutation = fc.record({ at: fc.nat(), removed: fc.integer({ min: 0, max: 5 }), piece });
  fc.assert(
    fc.property(
      fc.constantFrom(...fixtures),
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
      fc.nat(),
      (fixture, mutations, pick) => {
        let text = fixture;
        for (const { at, removed, piece: added } of mutations) {
          const start = at % (text.length + 1);
          text = text.slice(0, start) + added + text.slice(start + removed);
        }
        checkReading(text);
        for (const { root } of parseYaml(text)) if (root) tryEdits(text, root, pick);
      },
    ),
    { numRuns: 200 },
  );
}, 20_000);

test("takes any text", () => {
  const soup = fc.string({ unit: fc.constantFrom(..."{}[],:#&*!|>'\"-? \n\ta"), maxLength: 60 });
  fc.assert(fc.property(soup, checkReading), { numRuns: 1000 });
});

function checkReading(text: string): void {
  const documents = parseYaml(text);
  for (const { span, problems } of documents) {
    expect(span.start >= 0 && span.start <= span.end && span.end <= text.length).toBe(true);
    for (const problem of problems) {
      expect(problem.span.start >= span.start && problem.span.end <= span.end).toBe(true);
    }
  }
  // Reading places from them must not fail either.
  const [first] = documents.flatMap((it) => (it.root ? [it.root] : []));
  if (first) tryEdits(text, first, text.length);
}

function tryEdits(text: string, root: Node, pick: number): void {
  const nodes = [...nodesOf(root)];
  const node = nodes[pick % nodes.length];
  if (node === undefined) return;
  for (const edit of editsOf(text, node)) {
    expect(edit.span.start >= 0 && edit.span.start <= edit.span.end && edit.span.end <= text.length).toBe(true);
    parseYaml(applyEdits(text, [edit]));
  }
}

function editsOf(text: string, node: Node): readonly Edit[] {
  if (node.type === "scalar") return [replaceScalar(text, node, "x y"), stripFinalNewlines(text, node)];
  if (node.type === "seq") {
    return [insertItem(text, node, { a: ["b"] }), ...node.items.slice(0, 3).map((it) => removeItem(text, node, it))];
  }
  const path = ensurePath(text, node, ["spec", "resources", "x"], [1]);
  const changes = node.entries
    .slice(0, 3)
    .flatMap((it) => [
      removeEntry(text, node, it),
      renameKey(text, it, "b"),
      setEntry(text, node, it.name, { a: 1 }),
      setEntry(text, node, it.name, "x"),
      wrapEntry(text, node, it, "w"),
      insertEntry(text, node, { key: "k", before: it.name }, { a: 1 }),
    ]);
  return path ? [path, ...changes] : changes;
}

function* nodesOf(node: Node): Generator<Node> {
  yield node;
  const members = node.type === "map" ? node.written : node.type === "seq" ? node.items : [];
  for (const { value } of members) yield* nodesOf(value);
}

describe("answers a hostile text with one problem, in step with its length", () => {
  const indented = (lines: number): string =>
    Array.from({ length: lines }, (_, at) => `${" ".repeat(at)}a:\n`).join("");
  const aliases = (count: number, name: string): string => `[${Array(count).fill(`*${name}`).join(",")}]`;
  const bomb = (width: number): string => {
    const lines = "bcdefghijklm".split("").map((it) => `${it}: &${it} ${aliases(width, prior(it))}`);
    return ["a: &a [x, x]", ...lines].join("\n");
  };
  const keys = Array.from({ length: 5000 }, (_, at) => `  k${at}: 1\n`).join("");
  const merges = (count: number): string => `a: &a\n${keys}b:\n${"- <<: *a\n".repeat(count)}`;
  const hostile: readonly (readonly [string, number, (size: number) => string])[] = [
    ["flow lists", 100_000, (size) => "[".repeat(size)],
    ["flow maps", 100_000, (size) => "{a: ".repeat(size)],
    ["block maps", 2_000_000, (size) => indented(Math.sqrt(2 * size))],
    ["block lists on one line", 2_500_000, (size) => "- ".repeat(size)],
    ["lists and maps on one line", 50_000, (size) => `- a:\n${"  - ".repeat(size)}`],
    ["explicit keys", 100_000, (size) => "? ".repeat(size)],
    ["broken, then flow lists", 90_000, (size) => `a: ]\n${"[".repeat(size)}`],
    ["broken, then block maps", 80_000, (size) => `a: ]\n${indented(Math.sqrt(2 * size))}`],
    ["broken, then block lists", 45_000, (size) => `a: ]\n${"- ".repeat(size)}`],
    ["brackets only", 90_000, (size) => `a: b: c\n${"]".repeat(size)}`],
    ["commas only", 90_000, (size) => `[${",".repeat(size)}`],
    ["braces only", 45_000, (size) => `a: b: c\n${"{}".repeat(size)}`],
    ["anchors only", 30_000, (size) => `a: b: c\n${"&a ".repeat(size)}`],
    ["broken lines", 12_000, (size) => "a: b: c\n".repeat(size)],
    ["broken JSON on one line", 50_000, (size) => `{"a":[${'{"b":"c","d":[1,2]},'.repeat(size)}{"x" 1}]}`],
    ["open quotes", 20_000, (size) => `a: "${"b 'c\n".repeat(size)}`],
    ["alias bomb", 36, bomb],
    ["merge bomb", 10_000, merges],
    ["broken alias bomb", 36, (size) => `a: b: c\n${bomb(size)}`],
    ["broken merge bomb", 10_000, (size) => `a: b: c\n${merges(size)}`],
    ["broken and many aliases", 18_000, (size) => `a: b: c\nx: &a [1]\nl:\n${"- *a\n".repeat(size)}`],
  ];
  test.each(hostile)(
    "%s",
    (_, size, text) => {
      const read = (it: number): readonly string[] =>
        parseYaml(text(it)).flatMap(({ problems }) => problems.map(({ kind }) => kind));
      expect(read(size)).toEqual([expect.stringMatching(/^(?:syntax|too-complex)$/)]);
      expect(growthOf(read, Math.ceil(size / 4))).toBeLessThan(inStep);
    },
    120_000,
  );
});

function prior(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) - 1);
}

test("tells what is too deep from what is broken", () => {
  const kinds = (text: string): readonly string[] =>
    parseYaml(text).flatMap((it) => it.problems.map(({ kind }) => kind));
  for (let depth = 90; depth < 110; depth += 1) {
    const shapes = [
      `${"- ".repeat(depth)}a: b`,
      `${"[".repeat(depth)}${"]".repeat(depth)}`,
      `${"{a: ".repeat(depth)}${"}".repeat(depth)}`,
    ];
    for (const shape of shapes) expect(kinds(shape)).toEqual(kinds(shape).map(() => "too-complex"));
    expect(kinds(`${"[".repeat(20)}}`)).toEqual(["syntax"]);
  }
});
