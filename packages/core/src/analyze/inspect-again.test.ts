import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type ManifestFile, readManifests } from "../manifest/manifest.ts";
import { rules } from "../rules/index.ts";
import { dedent } from "../text/dedent.ts";
import { type FileReport, inspect } from "./inspect.ts";
import { type Inspection, inspectAgain } from "./inspect-again.ts";

const policies = { requiredCredentials: ["docker.io"] };

/** Everything that the two ways of reading must agree on; a document read late gives its objects here. */
function whole({ file, report }: Reading): { readonly file: unknown; readonly report: FileReport } {
  const documents = file.documents.map(({ uri, text, span, root, problems, template, shoots, secrets, affixes }) => {
    return { uri, text, span, root, problems, template, shoots, secrets, affixes };
  });
  return { file: { ...file, documents }, report };
}

interface Reading {
  readonly file: ManifestFile;
  readonly report: FileReport;
}

function fresh(text: string): Reading {
  const file = readManifests("a.yaml", text);
  return { file, report: inspect(file, () => undefined, policies) };
}

const documents = rules.flatMap(({ example }) => [dedent(example.bad), dedent(example.good)]);
const shred = fc.constantFrom(
  "---\n",
  "\n---\n",
  "--- # next\n",
  "...\n",
  "\n",
  "\r\n",
  " ",
  "😀",
  "a: &a 1\n",
  "b: *a\n",
  "{{ .Values.x }}",
  '{"kind": "Shoot"}\n',
  "# registry-cache: ignore RC204\n",
  "# registry-cache: ignore-file\n",
  "[",
  '"',
  "x: |\n  text\n",
  "\u0007",
);
const chunk = fc.oneof(shred, fc.constantFrom(...documents), fc.string({ maxLength: 5 }));
const stream = fc
  .array(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...documents) }, shred), { maxLength: 5 })
  .map((parts) => parts.join("---\n"));
const edit = fc.record({ at: fc.nat(), remove: fc.oneof(fc.constant(0), fc.nat(12), fc.nat(400)), insert: chunk });

/** Comparing at once is quick; only a difference is worth showing. */
function same(inspection: Inspection, text: string): void {
  const { file, report } = inspection;
  const [found, expected] = [whole({ file: file(), report: report() }), whole(fresh(text))];
  if (!isDeepStrictEqual(found, expected)) expect(found).toEqual(expected);
}

test("after any edits a file reads and is judged as if it were read afresh", () => {
  fc.assert(
    fc.property(stream, fc.array(edit, { maxLength: 5 }), fc.boolean(), (first, edits, told) => {
      let text = first;
      let inspection = inspectAgain("a.yaml", text, policies);
      same(inspection, text);
      for (const { at, remove, insert } of edits) {
        const start = at % (text.length + 1);
        const end = Math.min(text.length, start + remove);
        text = text.slice(0, start) + insert + text.slice(end);
        const replaced = told ? { span: { start, end }, length: insert.length } : undefined;
        inspection = inspectAgain("a.yaml", text, policies, { previous: inspection, replaced });
        same(inspection, text);
      }
    }),
    { numRuns: 50 },
  );
}, 60_000);

const anchored = `kind: Shoot
spec:
  resources:
  - &a
    name: unused
    resourceRef: { apiVersion: v1, kind: Secret, name: b }
`;
const wide = "a:\n    b:\n        - c: 1\n";
const narrow = "a:\n  b:\n  - c: 1\n";
const early = "kind: Shoot\nspec:\n  cloudProfileName: aws\n";

const removed = `kind: Shoot
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      apiVersion: registry.extensions.gardener.cloud/v1alpha2
      kind: RegistryConfig
      caches:
      - upstream: quay.io
        garbageCollection: { enabled: false }
        size: 1Gi
`;

test.each([
  ["an alias of another document", `${anchored}---\nb: *a\n`, `${anchored}---\nb: 1\n`],
  ["the layout of the first document", `${wide}---\n${early}`, `${narrow}---\n${early}`],
  ["the line ends of another document", `a: 1\n---\n${removed}---\nb: 1\r\n`, `a: 1\n---\n${removed}---\nb: 1\n`],
])("a document is judged again for %s, which its fixes depend on", (_, before, after) => {
  const [then, now] = [fresh(before).report, fresh(after).report];
  const again = inspectAgain("a.yaml", after, policies, { previous: inspectAgain("a.yaml", before, policies) });
  expect(again.report()).toEqual(now);
  expect(textsOf(then)).not.toEqual(textsOf(now));
});

/** What the fixes write, wherever they stand. */
function textsOf({ findings, shoots }: FileReport): readonly string[] {
  const all = [...findings, ...shoots.flatMap((it) => it.predicted.map((of) => of.finding))];
  const edits = all.flatMap((it) => it.fixes.flatMap((fix) => fix.edits.flatMap((of) => of.edits)));
  return [`${edits.length} edits`, ...edits.map((it) => it.text)];
}

test.each([
  ["found by comparing", undefined],
  ["that is told", { span: { start: 28, end: 28 }, length: 1 }],
])("reads only the document that an edit changes, %s", (_, replaced) => {
  const three = ["kind: Shoot\n", "kind: Secret\n", "kind: Shoot\n"].join("---\n");
  const before = inspectAgain("a.yaml", three, policies);
  const after = inspectAgain("a.yaml", three.replace("Secret", "Secrets"), policies, { previous: before, replaced });
  const kept = after.parts.map((it, index) => it.reports === before.parts[index]?.reports);
  expect(kept).toEqual([true, false, true]);
  expect(after.edited?.index).toBe(replaced && 1);
  expect(after.file().documents.length).toBe(3);
});
