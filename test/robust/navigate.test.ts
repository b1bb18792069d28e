import {
  applyEdits,
  chains,
  codeLenses,
  definitions,
  documentLinks,
  documentSymbols,
  type FileEdits,
  foldingRanges,
  highlights,
  hover,
  inspect,
  type ManifestFile,
  openWorkspace,
  readManifests,
  references,
  rename,
  renameAt,
  type Span,
  selectionRanges,
  type Workspace,
  workspaceSymbols,
} from "@registry-cache/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { corpus } from "./corpus.ts";

const fixtures = corpus();
const fixture = fc.constantFrom(...fixtures);

/** A text as it is while someone types: its beginning, and sometimes its end behind a hole. */
const typed = fc.tuple(fixture, fc.nat(), fc.nat(), fc.boolean()).map(([[, text], cut, hole, goesOn]) => {
  const at = cut % (text.length + 1);
  return text.slice(0, at) + (goesOn ? text.slice(at + (hole % 20)) : "");
});

function workspaceOf(...files: readonly ManifestFile[]): Workspace {
  return openWorkspace(files.map((it) => inspect(it)));
}

/** All places of the file that its features give out. */
function spansOf(file: ManifestFile, workspace: Workspace): readonly Span[] {
  const symbols = documentSymbols(file).flatMap((it) => [
    it,
    ...it.children,
    ...it.children.flatMap((of) => of.children),
  ]);
  for (const { span, nameSpan } of symbols)
    expect([nameSpan.start >= span.start, nameSpan.end <= span.end]).toEqual([true, true]);
  const places = codeLenses(file, workspace).flatMap((it) => [{ uri: file.uri, span: it.span }, ...it.places]);
  return [
    ...symbols.flatMap((it) => [it.span, it.nameSpan]),
    ...places.filter((it) => it.uri === file.uri).map((it) => it.span),
    ...foldingRanges(file),
    ...documentLinks(file, workspace).map((it) => it.span),
    ...workspaceSymbols(workspace, "").map((it) => it.span),
    ...chains(workspace).flatMap((it) => it.place?.span ?? []),
  ];
}

/** All places of the file that its features give out for one place of it. */
function spansAt(file: ManifestFile, offset: number, workspace: Workspace): readonly Span[] {
  const renamed = rename(file, offset, "new-name", workspace);
  const edits = renamed.ok ? renamed.value.flatMap((it) => (it.uri === file.uri ? it.edits : [])) : [];
  const isHere = (it: { readonly uri: string }): boolean => it.uri === file.uri;
  const defined = definitions(file, offset, workspace);
  const found = [
    ...defined.map((it) => it.origin),
    ...defined.filter(isHere).flatMap((it) => [it.span, it.nameSpan]),
    ...references(file, offset, workspace, { declaration: true }).flatMap((it) => (isHere(it) ? [it.span] : [])),
    ...highlights(file, offset).map((it) => it.span),
    ...edits.map((it) => it.span),
  ];
  const around = [hover(file, offset, workspace)?.span, renameAt(file, offset)?.span].flatMap((it) => it ?? []);
  const selected = selectionRanges(file, offset);
  for (const { start, end } of selected) expect([start <= offset, offset <= end]).toEqual([true, true]);
  return [...found, ...around, ...selected];
}

function expectWithin(spans: readonly Span[], { text }: ManifestFile): void {
  expect(spans.filter(({ start, end }) => !(start >= 0 && start <= end && end <= text.length))).toEqual([]);
}

test("no feature throws or leaves the text, whatever is typed and wherever the cursor stands", () => {
  fc.assert(
    fc.property(typed, fixture, fc.array(fc.nat(), { maxLength: 12 }), (text, [, other], offsets) => {
      const file = readManifests("a", text);
      const workspace = workspaceOf(file, readManifests("b", other));
      expectWithin(spansOf(file, workspaceOf(file)), file);
      for (const it of offsets) expectWithin(spansAt(file, it % (text.length + 1), workspace), file);
    }),
    { numRuns: 400 },
  );
}, 60_000);

test("every place of every manifest can be asked for", () => {
  for (const [, text] of fixtures.slice(0, fixtures.length / 3)) {
    const file = readManifests("a", text);
    const workspace = workspaceOf(file);
    expectWithin(spansOf(file, workspace), file);
    for (let offset = 0; offset <= text.length; offset += 7) expectWithin(spansAt(file, offset, workspace), file);
  }
}, 60_000);

test("no value of a Secret and no credential in an address is ever shown", () => {
  const text = `kind: Shoot
metadata: { name: botany }
spec:
  extensions:
  - type: registry-cache
    providerConfig:
      caches:
      - { upstream: user:planted@quay.io, remoteURL: 'https://user:planted@quay.io', secretReferenceName: quay }
  - type: registry-mirror
    providerConfig: { mirrors: [{ upstream: x.io, hosts: [{ host: 'https://user:planted@m.io', caBundleSecretReferenceName: quay }] }] }
  resources: [{ name: quay, resourceRef: { apiVersion: v1, kind: Secret, name: ro-quay-v1 } }]
---
kind: Secret
metadata: { name: ro-quay-v1, annotations: { note: planted } }
data: { password: planted, other: planted }
stringData: { username: "planted ", password: planted }
---
kind: Kustomization
secretGenerator: [{ name: made, literals: ["password=planted"] }]
`;
  const file = readManifests("a", text);
  const workspace = workspaceOf(file);
  const shown = [
    documentSymbols(file),
    codeLenses(file, workspace),
    documentLinks(file, workspace),
    workspaceSymbols(workspace, ""),
    chains(workspace),
    workspace.findingsOf("a").map((it) => [it.message, it.related]),
    Array.from({ length: text.length }, (_, offset) => [
      hover(file, offset, workspace)?.markdown,
      rename(file, offset, "x y", workspace),
      renameAt(file, offset)?.name,
    ]),
  ];
  expect(JSON.stringify(shown).match(/.{0,80}planted/g)).toBe(null);
});

/** The codes found in a file, and the Secrets that its references meet. */
function meaning(text: string): readonly unknown[] {
  const file = readManifests("a", text);
  const workspace = workspaceOf(file);
  const met = workspace.report("a")?.shoots.flatMap((it) => it.references.map((of) => [of.field, of.target?.name]));
  return [workspace.findingsOf("a").map((it) => it.code), met];
}

function editsOf(file: ManifestFile, offset: number, newName: string): readonly FileEdits[] | undefined {
  const renamed = rename(file, offset, newName, workspaceOf(file));
  return renamed.ok ? renamed.value : undefined;
}

test("a renamed entry means what it meant, and its old name can be given back", () => {
  let renamed = 0;
  for (const [name, text] of fixtures) {
    const file = readManifests("a", text);
    const entry = file.documents.flatMap((it) => it.shoots.flatMap((of) => of.resources)).find((it) => it.name?.value);
    const [edits] = (entry?.name && editsOf(file, entry.name.span.start, "yes: no")) ?? [];
    if (entry?.name === undefined || edits === undefined) continue;
    renamed += 1;
    const there = applyEdits(text, edits.edits);
    expect([name, ...meaning(there)]).toEqual([name, ...meaning(text)]);
    const again = readManifests("a", there);
    const found = again.documents
      .flatMap((it) => it.shoots.flatMap((of) => of.resources))
      .find((it) => it.name?.value === "yes: no");
    const [back] = editsOf(again, found?.name?.span.start ?? 0, entry.name.value) ?? [];
    expect([name, ...meaning(applyEdits(there, back?.edits ?? []))]).toEqual([name, ...meaning(text)]);
  }
  expect(renamed).toBeGreaterThan(100);
});
