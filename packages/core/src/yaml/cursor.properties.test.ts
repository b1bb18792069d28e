import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cursorAt } from "./cursor.ts";
import type { CursorPlace } from "./cursor-place.ts";
import type { Node } from "./node.ts";
import { parseYaml } from "./parse.ts";

const shoot = `# A Shoot
apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: &meta
  name: "crazy-botany" # name
  labels: { a: 'b', c: !!str 1, e: [ x, z ], f: {}, g: [] }

spec:
  extensions:
  - type: registry-cache

    providerConfig:
      # a comment
      caches:
      - upstream: docker.io
        volume: {size: 100Gi}
        http:

        note: |-
          first # no comment

          second
      -
        other: >
          folded
      - capabilities:
        - pull

        - 'resolve'
        - - nested
          - more
    disabled: "two
      lines"
  empty:
  resources:
  - {name: docker-secret, resourceRef: {apiVersion: v1,
      kind: Secret, name: docker-v1 }}
  plain: text that
    goes on
  last: &anchor value
  alias: *anchor
`;
const indented = `kind: Shoot
spec:
    list:
      - name: a
        more:
            deep: 1

      - name: b

      -   wide: c
          other: d
    next:
      - x
      - "y"
`;
const json = `{
  "kind": "Shoot",
  "spec": { "list": [ { "name": "a", "size": 1 }, { "name": "b" } ], "empty": {}, "none": [] },
  "last": "x"
}
`;
const several = `--- # first\na: 1\n\n---\n\n---\nb:\n- c: 1\n`;
const fixtures: readonly string[] = [
  shoot,
  shoot.replaceAll("\n", "\r\n"),
  `\ufeff${shoot}`,
  indented,
  json,
  JSON.stringify(JSON.parse(json)),
  several,
  "- a: 1\n  b: 2\n-\n- c\n",
  "a: [\n  b,\n  {c: d},\n]\nb: {\n}\n",
  "? a\n: b\n? c\n: >+\n  d\n\ne: 1\n",
  "base: &base\n  a: 1\nother:\n  <<: *base\n  b: 2\n  \n",
];

describe("what is written at a place stands where the place says", () => {
  test.each(fixtures)("%j", (text) => {
    expect(checkAll(text, 1)).toBeGreaterThan(0);
  });

  test("in texts with empty lines and comments of any indentation between their own", () => {
    const line = fc.record({ at: fc.nat(), indent: fc.nat(12), text: fc.constantFrom("", "# comment") });
    fc.assert(
      fc.property(fc.constantFrom(...fixtures), fc.array(line, { minLength: 1, maxLength: 3 }), (fixture, added) => {
        const lines = fixture.split("\n");
        for (const { at, indent, text } of added) lines.splice(at % lines.length, 0, " ".repeat(indent) + text);
        const text = lines.join("\n");
        if (isSound(text)) checkAll(text, 5);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

test("half-typed and mutated texts have places that contain the cursor and stay on its line", () => {
  const piece = fc.oneof(
    fc.constantFrom(..."{}[],:#&*!|>'\"%@`-?~<. \n\r\t\ufeffa1"),
    fc.constantFrom("- ", ": ", "? ", "\n  ", "\n", "<<: *a", "*a", "---\n", "...\n", "{{ x }}", "word", "\n    word"),
  );
  const mutation = fc.record({ at: fc.nat(), removed: fc.nat(30), piece });
  fc.assert(
    fc.property(fc.constantFrom(...fixtures), fc.array(mutation, { maxLength: 4 }), (fixture, mutations) => {
      const text = mutations.reduce((it, { at, piece: added, removed }) => {
        const start = at % (it.length + 1);
        return it.slice(0, start) + added + it.slice(start + removed);
      }, fixture);
      for (let offset = 0; offset <= text.length; offset += 1) checkSpans(text, offset);
    }),
    { numRuns: 100 },
  );
}, 60_000);

test.each([
  ["[", ""],
  ["{", ""],
  ['{"a":', ""],
  ["- ", ""],
  ["a: ", ""],
  ["? ", ""],
  ['a: "\n', ""],
  ["a: [\n", ""],
  ["a: |\n", ""],
  [" [\n", ""],
  ["#\n", ""],
  ["\n", "a:"],
  ["&a ", ""],
  ["a, ", "["],
  ["'a, ", "["],
  ['"a, ', "["],
  ['"a, b", ', "["],
  ["[],", "["],
])("a text of 300,000 characters of %j takes no more time than its length asks for", (piece, before) => {
  const text = before + piece.repeat(300_000 / piece.length);
  for (const offset of [0, text.length / 2, text.length]) checkSpans(text, Math.floor(offset));
});

/** Writes something at each place of a sound text and looks for it; gives the number of places. */
function checkAll(text: string, step: number): number {
  let written = 0;
  for (let offset = 0; offset <= text.length; offset += step) {
    for (const place of checkSpans(text, offset)) {
      checkPlace(text, place);
      written += 1;
    }
  }
  return written;
}

function checkSpans(text: string, offset: number): readonly CursorPlace[] {
  const { places, comment } = cursorAt(text, documentAt(text, offset), offset);
  if (comment !== undefined) expect(places).toEqual([]);
  for (const { replace } of places) {
    const { start, end } = replace;
    expect([start <= offset, offset <= end, /[\r\n]/.test(text.slice(start, end))]).toEqual([true, true, false]);
  }
  return places;
}

function checkPlace(text: string, place: CursorPlace): void {
  const { replace, lead } = place;
  const word = place.flow?.json ? '"zzz"' : "zzz";
  const dash = place.slot === "item" && place.flow === undefined ? "- " : "";
  const behind = place.slot !== "key" || place.behind === "nothing" ? "" : place.behind === "colon" ? ":" : ": 1";
  const after = `${text.slice(0, replace.start)}${lead}${dash}${word}${behind}${text.slice(replace.end)}`;
  const at = replace.start + lead.length + dash.length;
  const documents = parseYaml(after);
  const shown = `${JSON.stringify(text.slice(0, replace.start))} + ${JSON.stringify(place)}`;
  expect(
    documents.flatMap((it) => it.problems),
    shown,
  ).toEqual([]);
  const root = documents.find((it) => it.span.start <= at && at <= it.span.end)?.root;
  const expected = place.slot === "key" ? [...place.path, "zzz"] : place.path;
  const found = root && pathTo(root, at);
  expect(place.slot === "item" ? found?.slice(0, -1) : found, shown).toEqual(expected);
}

/** The way to the key, value or item that begins at an offset. */
function pathTo(node: Node, at: number): readonly (string | number)[] | undefined {
  if (node.type === "scalar") return node.span.start === at ? [] : undefined;
  if (node.type === "map" && node.written.some((it) => it.key.span.start === at)) {
    return [node.written.find((it) => it.key.span.start === at)?.name ?? ""];
  }
  const members =
    node.type === "seq"
      ? node.items.map((it, index) => ({ ...it, step: index }))
      : node.written.map((it) => ({ ...it, step: it.name }));
  for (const { step, value, span, alias } of members) {
    const rest = alias === undefined && span.start <= at && at <= span.end ? pathTo(value, at) : undefined;
    if (rest !== undefined) return [step, ...rest];
  }
  return undefined;
}

function isSound(text: string): boolean {
  return parseYaml(text).every((it) => it.problems.length === 0);
}

/** Found without a parser, which would cost more than what is tested. */
function documentAt(text: string, offset: number): { readonly start: number; readonly end: number } {
  const start = offset === 0 ? 0 : text.lastIndexOf("\n---", offset - 1) + 1;
  const end = text.indexOf("\n---", Math.max(offset - 1, start));
  return { start, end: end === -1 ? text.length : end + 1 };
}
