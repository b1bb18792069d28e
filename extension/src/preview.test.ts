import { expect, test } from "vitest";
import { withPreview } from "./preview.ts";

const start = { line: 0, character: 0 };
const range = { start, end: start };
const annotated = { range, newText: "x", annotationId: "other" };
const create = { kind: "create", uri: "file:///new.yaml", annotationId: "other" } as const;
const change = { textDocument: { uri: "file:///a.yaml", version: 1 }, edits: [annotated] };
const changeAnnotations = { other: { label: "Others", needsConfirmation: true } };

test("all changes of a rotation are ticked, and an empty one makes the preview appear", () => {
  const empty = { range, newText: "", annotationId: "registry-cache-preview" };
  expect(withPreview({ documentChanges: [create, change], changeAnnotations })).toEqual({
    documentChanges: [create, change, { textDocument: { uri: "file:///new.yaml", version: null }, edits: [empty] }],
    changeAnnotations: {
      other: { label: "Others", needsConfirmation: false },
      "registry-cache-preview": { label: "", needsConfirmation: true },
    },
  });
});

test("where nothing is created, the first file that changes holds the empty change", () => {
  const empty = { range, newText: "", annotationId: "registry-cache-preview" };
  expect(withPreview({ documentChanges: [change], changeAnnotations }).documentChanges).toEqual([
    change,
    { textDocument: { uri: "file:///a.yaml", version: null }, edits: [empty] },
  ]);
});

test("what is nothing but a new file is made at once, for it is opened", () => {
  const filled = { textDocument: { uri: create.uri, version: null }, edits: [annotated] };
  expect(withPreview({ documentChanges: [create, filled], changeAnnotations })).toEqual({
    documentChanges: [create, filled],
    changeAnnotations: { other: { label: "Others", needsConfirmation: false } },
  });
});

test("a deletion stays for the person to tick", () => {
  const edit = {
    documentChanges: [{ kind: "delete", uri: "file:///old.yaml", annotationId: "other" } as const],
    changeAnnotations,
  };
  expect(withPreview(edit)).toBe(edit);
});

test("a change that asks nothing is made at once", () => {
  const edit = { documentChanges: [create] };
  expect(withPreview(edit)).toBe(edit);
});
