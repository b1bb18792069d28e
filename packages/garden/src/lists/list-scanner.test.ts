import fc from "fast-check";
import { expect, test } from "vitest";
import { type Keep, keepFields } from "./keep.ts";
import { createListScanner } from "./list-scanner.ts";
import { UnexpectedJson } from "./skip-json.ts";
import { takeSkipper } from "./skip-nested.ts";

interface Scanned {
  readonly items: readonly unknown[];
  readonly list: unknown;
  readonly metadata: readonly unknown[];
}

/** Scans a text that comes in chunks of this many bytes, and holds both ways through what is nested to each other. */
function scan(text: string, keep: Keep | undefined, chunkSize: number): Scanned | "unexpected" {
  const [scanned, walked] = [takeSkipper, () => undefined].map((it) => scanWith(it, text, keep, chunkSize));
  expect(walked).toEqual(scanned);
  return scanned ?? "unexpected";
}

function scanWith(
  take: typeof takeSkipper,
  text: string,
  keep: Keep | undefined,
  chunkSize: number,
): Scanned | "unexpected" {
  const items: unknown[] = [];
  const metadata: unknown[] = [];
  const onItem = (it: unknown) => items.push(it);
  const onMetadata = (it: unknown) => metadata.push(it);
  const manner = { patience: chunkSize % 3 === 0 ? 50 : 0, takeSkipper: take };
  const scanner = createListScanner(keep, { onItem, onMetadata }, manner);
  const bytes = Buffer.from(text);
  try {
    for (let at = 0; at < bytes.length; at += chunkSize) scanner.push(bytes.subarray(at, at + chunkSize));
    return { list: scanner.end(), items, metadata };
  } catch (error) {
    if (error instanceof UnexpectedJson) return "unexpected";
    throw error;
  }
}

/** What JSON.parse makes of the same text. */
function reference(text: string, keep: Keep | undefined): Scanned {
  const list = JSON.parse(text);
  const items = (list.items ?? []).map((it: unknown) => (keep ? keepFields(it, keep) : it));
  const metadata = text.indexOf("metadata") < text.indexOf('"items"') ? [list.metadata] : [];
  return { items, list: { ...list, items: list.items === null ? null : [] }, metadata };
}

const names = fc.constantFrom(
  "metadata",
  "name",
  "spec",
  "status",
  "a",
  "é",
  'q"uote',
  "back\\slash",
  "__proto__",
  "",
  "constructor",
);
const leaf = fc.oneof(fc.string({ unit: "binary" }), fc.double(), fc.boolean(), fc.constant(null), fc.integer());
const { object } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: "small" }, leaf, fc.array(tie("value"), { maxLength: 3 }), tie("object")),
  object: fc.dictionary(names, tie("value"), { maxKeys: 5 }),
}));
const keeps: fc.Arbitrary<Keep | undefined> = fc.option(
  fc.letrec<{ keep: Keep; inner: Keep[string] }>((tie) => ({
    inner: fc.oneof({ depthSize: "small" }, fc.constantFrom<true | "sought">(true, "sought"), tie("keep")),
    keep: fc.dictionary(names, tie("inner"), { maxKeys: 4, noNullPrototype: true }),
  })).keep,
  { nil: undefined },
);

/** JSON as some server might write it: with white space, and with letters escaped. */
const written = fc
  .tuple(
    fc.array(object, { maxLength: 4 }),
    object,
    fc.constantFrom(undefined, " ", "\t", 2),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([items, metadata, space, escaped, metadataFirst]) => {
    const list = metadataFirst ? { metadata, kind: "List", items } : { items, kind: "List", metadata };
    const text = JSON.stringify(list, null, space);
    return escaped
      ? text.replace(/"(\w)(\w*)":/g, (whole, first, rest) =>
          rest === "etadata" || rest === "tems" ? whole : `"\\u00${first.charCodeAt(0).toString(16)}${rest}":`,
        )
      : text;
  });

test("the scanner gives what JSON.parse gives, however the text is cut and written", () => {
  fc.assert(
    fc.property(written, keeps, fc.integer({ min: 1, max: 40 }), (text, keep, chunkSize) => {
      expect(scan(text, keep, chunkSize)).toEqual(reference(text, keep));
    }),
    { numRuns: 400 },
  );
});

test("a text that breaks off anywhere is never taken for a whole list", () => {
  const text = JSON.stringify({
    kind: "L",
    metadata: { continue: "c" },
    items: [{ metadata: { name: "a" }, s: [1, "x"] }, {}],
  });
  const taken = Array.from({ length: text.length }, (_, end) =>
    scan(text.slice(0, end), { metadata: { name: true } }, 7),
  );
  expect(new Set(taken)).toEqual(new Set(["unexpected"]));
});

const empty: Scanned = { items: [], list: { metadata: { a: 1 }, items: [] }, metadata: [{ a: 1 }] };
const cases: readonly { readonly text: string; readonly keep?: Keep; readonly scanned: Scanned | "unexpected" }[] = [
  { text: '{"metadata":{"a":1},"items":[]}', scanned: empty },
  { text: '{"metadata":{"a":1},"items":null}', scanned: { ...empty, list: { metadata: { a: 1 }, items: null } } },
  { text: '{"metadata":{"a":1}}', scanned: "unexpected" },
  { text: '{"items":[{"a":1},]}', scanned: "unexpected" },
  { text: '{"items":[,{"a":1}]}', scanned: "unexpected" },
  { text: '{"items":[{"a":1}{"a":2}]}', scanned: "unexpected" },
  { text: '{"items":[1]}', scanned: "unexpected" },
  { text: '{"items":[]} x', scanned: "unexpected" },
  { text: '{"items":[],"items":[{"a":1}]}', scanned: "unexpected" },
  { text: "[]", scanned: "unexpected" },
  { text: "<html>", scanned: "unexpected" },
  { text: "", scanned: "unexpected" },
  {
    text: '{"items":[{"a":{"b":1,"c":2},"a":{"b":3}}]}',
    keep: { a: { b: true } },
    scanned: { items: [{ a: { b: 3 } }], list: { items: [] }, metadata: [] },
  },
  {
    text: '{"items":[{"a":[ {"b":1,"c":2}, 7,[{"c":3}] ,{}],"b":[]}]}',
    keep: { a: { b: true }, b: { c: true } },
    scanned: { items: [{ a: [{ b: 1 }, 7, [{ c: 3 }], {}], b: [] }], list: { items: [] }, metadata: [] },
  },
  {
    text: '{"items":[{"a":[{"b":1,"c":{}},{"b":2},7,{"c":{"d":[{"e":1}]},"b":3}]},{"a":[{"b":1}]},{"a":{"b":4}}]}',
    keep: { a: { b: true, c: { d: { e: "sought" } } } },
    scanned: {
      items: [{ a: [7, { c: { d: [{ e: 1 }] }, b: 3 }] }, { a: [] }, { a: { b: 4 } }],
      list: { items: [] },
      metadata: [],
    },
  },
  { text: '{"items":[{"a":[{"b":1},]}]}', keep: { a: { b: true } }, scanned: "unexpected" },
  { text: '{"items":[{"a":[{"b":1} {"b":2}]}]}', keep: { a: { b: true } }, scanned: "unexpected" },
  { text: '{"items":[{"a" 1}]}', keep: { a: true }, scanned: "unexpected" },
];

test.each(cases)("$text is scanned as it should be", ({ text, keep, scanned }) => {
  expect([scan(text, keep, 1000), scan(text, keep, 1)]).toEqual([scanned, scanned]);
});

test("a quote behind a backslash ends no string, wherever it lies", () => {
  for (let pad = 0; pad < 12; pad += 1) {
    const value = `${"x".repeat(pad)}\\"}]${"y".repeat(12 - pad)}\\`;
    const text = JSON.stringify({ metadata: {}, items: [{ skipped: [value], a: 1 }, { a: 2 }] });
    expect(scan(text, { a: true }, 1000)).toEqual(reference(text, { a: true }));
  }
});

test("an object larger than the memory at first is read, wherever strings and backslashes lie", () => {
  for (const size of [600_000, 5_000_000]) {
    const skipped = ['"}]{[\\'.repeat(size / 12), { deep: [[{}]] }];
    const text = JSON.stringify({ metadata: {}, items: [{ a: 1 }, { skipped, a: { skipped, b: [2] } }, { a: 3 }] });
    const keep = { a: { b: true } } as const;
    expect(scan(text, keep, 65_537)).toEqual(reference(text, keep));
    expect(scan(text, undefined, 65_537)).toEqual(reference(text, undefined));
  }
});
