import fc from "fast-check";
import { expect, test } from "vitest";
import type { ManifestFile } from "../manifest/manifest.ts";
import { rules } from "../rules/index.ts";
import { dedent } from "../text/dedent.ts";
import { aroundEdit } from "./around-edit.ts";
import { inspectAgain } from "./inspect-again.ts";

const documents = rules.flatMap(({ example }) => [dedent(example.bad), dedent(example.good)]);
const shred = fc.constantFrom("", "\n", "# note\n", "...\n", "%YAML 1.1\n", "{", "\ufeff", "a: 1\n", " ");
const stream = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...documents) }, shred), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join("---\n"));
const edit = fc.record({
  at: fc.nat(),
  remove: fc.oneof(fc.constant(0), fc.nat(12), fc.nat(400)),
  insert: fc.oneof(
    shred,
    fc.constantFrom("x", "---\n", "\n---", "  secretReferenceName: "),
    fc.string({ maxLength: 3 }),
  ),
  behind: fc.nat(40),
});

test("what stands around an edit is known before the edit is inspected, and its content when somebody asks", () => {
  let known = 0;
  fc.assert(
    fc.property(stream, edit, (before, { at, remove, insert, behind }) => {
      const start = at % (before.length + 1);
      const end = Math.min(before.length, start + remove);
      const text = before.slice(0, start) + insert + before.slice(end);
      const replaced = { span: { start, end }, length: insert.length };
      const offset = Math.min(text.length, start + behind);
      const previous = inspectAgain("a.yaml", before, {});
      const expected = inspectAgain("a.yaml", text, {}, { previous, replaced }).around(offset);
      const inspected: string[] = [];
      const found = aroundEdit(previous, { text, replaced, offset }, () => {
        inspected.push(text);
        return expected;
      });
      if (found === undefined) return;
      known += 1;
      expect(found.documents.map((it) => it.span)).toEqual(expected.documents.map((it) => it.span));
      expect(inspected).toEqual([]);
      expect(whole(found)).toEqual(whole(expected));
    }),
    { numRuns: 300 },
  );
  expect(known).toBeGreaterThan(50);
});

test("an edit that may cut the text elsewhere has to be inspected", () => {
  const before = "kind: Shoot\n---\nkind: Secret\n";
  const previous = inspectAgain("a.yaml", before, {});
  const ask = (at: number, remove: number, insert: string, offset = at): ManifestFile | undefined => {
    const text = before.slice(0, at) + insert + before.slice(at + remove);
    const replaced = { span: { start: at, end: at + remove }, length: insert.length };
    return aroundEdit(previous, { text, replaced, offset }, () => previous.file());
  };
  expect(ask(6, 0, "x")?.documents.length).toBe(2);
  expect(ask(6, 0, "\n---\n")).toBeUndefined();
  expect(ask(12, 4, "")).toBeUndefined();
  expect(ask(0, 11, "# nothing")).toBeUndefined();
  expect(ask(6, 0, "x", 25)).toBeUndefined();
});

function whole({ uri, text, documents: all }: ManifestFile): object {
  const read = all.map((it) => {
    const { span, root, problems, template, shoots, secrets, affixes } = it;
    return { uri: it.uri, text: it.text, span, root, problems, template, shoots, secrets, affixes };
  });
  return { uri, text, read };
}
