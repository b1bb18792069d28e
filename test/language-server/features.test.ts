import { rmSync } from "node:fs";
import { join } from "node:path";
import { makeScratch, shootWith } from "@registry-cache/testkit";
import { expect, onTestFinished, test } from "vitest";
import { open, openServer, type Server, uriOf } from "./server.ts";

const shoot = shootWith({
  caches: "caches:\n- upstream: quay.io\n  secretReferenceName: quay",
  resources: "- name: quay\n  resourceRef: { apiVersion: v1, kind: Secret, name: quay-v1 }",
});
const secret = `apiVersion: v1
kind: Secret
metadata: { name: quay-v1 }
immutable: true
type: Opaque
data: { username: dQ==, password: cA== }
`;
const reference = { line: 11, character: 31 };
const target = { line: 14, character: 57 };
const everything = {
  textDocument: {
    definition: { linkSupport: true },
    rename: { prepareSupport: true },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    completion: { completionItem: { snippetSupport: true } },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: [] } },
      resolveSupport: { properties: ["edit"] },
      dataSupport: true,
    },
  },
  workspace: {
    workspaceEdit: {
      documentChanges: true,
      resourceOperations: ["create", "rename", "delete"],
      changeAnnotationSupport: {},
    },
  },
};

/** A folder with a Shoot, which is open, and the Secret that it uses, which is not. */
async function openGarden(
  capabilities: object = everything,
  commands: readonly string[] = [],
): Promise<{ readonly server: Server; readonly uri: string; readonly secretUri: string }> {
  const folder = makeScratch({ "shoot.yaml": shoot, "quay.yaml": secret });
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const server = await openServer({ folders: [folder], capabilities, options: { commands } });
  const uri = uriOf(join(folder, "shoot.yaml"));
  open(server, uri, shoot);
  return { server, uri, secretUri: uriOf(join(folder, "quay.yaml")) };
}

function range(line: number, start: number, end: number): object {
  return { start: { line, character: start }, end: { line, character: end } };
}

test("a name leads to what it means, in this file and in one that is not open", async () => {
  const { server, uri, secretUri } = await openGarden();
  const at = (position: object): Promise<unknown> =>
    server.request("textDocument/definition", { textDocument: { uri }, position });
  expect(await at(reference)).toEqual([
    {
      originSelectionRange: range(11, 29, 33),
      targetUri: uri,
      targetRange: { start: { line: 13, character: 2 }, end: { line: 14, character: 64 } },
      targetSelectionRange: range(13, 10, 14),
    },
  ]);
  expect(await at(target)).toEqual([
    {
      originSelectionRange: range(14, 55, 62),
      targetUri: secretUri,
      targetRange: range(2, 18, 25),
      targetSelectionRange: range(2, 18, 25),
    },
  ]);
});

test("a client without links gets plain places", async () => {
  const { server, uri, secretUri } = await openGarden({});
  const params = { textDocument: { uri }, position: target };
  expect(await server.request("textDocument/definition", params)).toEqual([
    { uri: secretUri, range: range(2, 18, 25) },
  ]);
});

test("all places of a name are found, and renamed at once", async () => {
  const { server, uri, secretUri } = await openGarden();
  const place = { textDocument: { uri }, position: target };
  expect(await server.request("textDocument/references", { ...place, context: { includeDeclaration: true } })).toEqual([
    { uri, range: range(14, 55, 62) },
    { uri: secretUri, range: range(2, 18, 25) },
  ]);
  expect(await server.request("textDocument/documentHighlight", { ...place, position: reference })).toEqual([
    { range: range(11, 29, 33), kind: 2 },
    { range: range(13, 10, 14), kind: 3 },
  ]);
  expect(await server.request("textDocument/prepareRename", place)).toEqual({
    range: range(14, 55, 62),
    placeholder: "quay-v1",
  });
  expect(await server.request("textDocument/rename", { ...place, newName: "quay-v2" })).toEqual({
    documentChanges: [
      { textDocument: { uri, version: 1 }, edits: [{ range: range(14, 55, 62), newText: "quay-v2" }] },
      { textDocument: { uri: secretUri, version: null }, edits: [{ range: range(2, 18, 25), newText: "quay-v2" }] },
    ],
  });
  expect(await server.ask("textDocument/rename", { ...place, newName: "No Name!" })).toEqual({
    error: { code: -32803, message: expect.stringContaining('"No Name!"') },
  });
});

test("hovers say what a name means", async () => {
  const { server, uri } = await openGarden();
  const found = await server.request("textDocument/hover", { textDocument: { uri }, position: reference });
  expect(found).toEqual({
    contents: { kind: "markdown", value: expect.stringContaining("quay-v1") },
    range: range(11, 29, 33),
  });
  expect(
    await server.request("textDocument/hover", { textDocument: { uri }, position: { line: 99, character: 0 } }),
  ).toBe(null);
});

test("completion offers names and keys, as plain text where the client knows no snippets", async () => {
  const ask = async (capabilities: object, position: object): Promise<readonly (readonly unknown[])[]> => {
    const { server, uri } = await openGarden(capabilities);
    const params = { textDocument: { uri }, position };
    const { items } = (await server.request("textDocument/completion", params)) as {
      readonly items: readonly { label: string; kind: number; insertTextFormat?: number; textEdit: object }[];
    };
    return items.map(({ label, kind, insertTextFormat, textEdit }) => [label, kind, insertTextFormat, textEdit]);
  };
  expect(await ask(everything, reference)).toEqual([
    ["quay", 18, undefined, { range: range(11, 29, 33), newText: "quay" }],
  ]);
  const keys = { line: 11, character: 8 };
  const formats = async (capabilities: object): Promise<unknown> =>
    new Set((await ask(capabilities, keys)).map(([, , format]) => format));
  expect(await formats({})).toEqual(new Set([undefined]));
  const texts = (await ask({}, keys)).map(([, , , edit]) => (edit as { newText: string }).newText);
  expect(texts.filter((it) => /\$\d|\$\{/.test(it))).toEqual([]);
});

test("symbols, lenses, folds, selections and links of a document", async () => {
  const { server, uri, secretUri } = await openGarden();
  const ask = (method: string, more: object = {}): Promise<unknown> =>
    server.request(method, { textDocument: { uri }, ...more });
  type Symbol = { name: string; children: readonly Symbol[] };
  const names = (symbols: readonly Symbol[]): unknown => symbols.map((it) => [it.name, names(it.children)]);
  const symbols = names((await ask("textDocument/documentSymbol")) as readonly Symbol[]);
  const lists = [
    ["caches", [["quay.io", []]]],
    ["resources", [["quay", []]]],
  ];
  expect(symbols).toEqual([["crazy-botany", lists]]);
  const found = (await server.request("workspace/symbol", { query: "quay-v" })) as readonly object[];
  expect(found).toEqual([
    expect.objectContaining({ name: "quay-v1", location: { uri: secretUri, range: range(2, 18, 25) } }),
  ]);
  expect(await ask("textDocument/codeLens")).toEqual([
    { range: range(13, 10, 14), command: { title: expect.stringMatching(/used/), command: "" } },
  ]);
  expect(await ask("textDocument/foldingRange")).toContainEqual({ startLine: 4, endLine: 11 });
  const [selection] = (await ask("textDocument/selectionRange", { positions: [reference] })) as readonly {
    range: object;
    parent: { range: object };
  }[];
  expect([selection?.range, selection?.parent.range]).toEqual([range(11, 29, 33), range(11, 8, 33)]);
  expect(await ask("textDocument/documentLink")).toEqual([
    { range: range(14, 55, 62), target: secretUri, tooltip: "Open the Secret" },
  ]);
});

test("a lens leads to its places where the client has our command", async () => {
  const { server, uri } = await openGarden(everything, ["registryCache.showReferences"]);
  expect(await server.request("textDocument/codeLens", { textDocument: { uri } })).toEqual([
    {
      range: range(13, 10, 14),
      command: {
        title: expect.stringMatching(/used/),
        command: "registryCache.showReferences",
        arguments: [uri, { line: 13, character: 10 }, [{ uri, range: range(11, 29, 33) }]],
      },
    },
  ]);
});

test("gives the chains with the places of their links, and the page of a rule", async () => {
  const { server, uri, secretUri } = await openGarden();
  const link = { health: "ok", findings: [] };
  expect(await server.request("registryCache/chains")).toEqual([
    {
      ...link,
      label: "crazy-botany",
      place: { uri, range: range(2, 18, 30) },
      uses: [
        {
          ...link,
          kind: "cache",
          label: "quay.io",
          place: { uri, range: range(10, 18, 25) },
          reference: {
            ...link,
            label: "quay",
            place: { uri, range: range(13, 10, 14) },
            secret: { ...link, label: "quay-v1", place: { uri: secretUri, range: range(2, 18, 25) } },
          },
        },
      ],
    },
  ]);
  expect(await server.request("registryCache/rulePage", { code: "RC201" })).toMatch(/^# RC201 /);
});

test("a rotation is worked out when it is chosen, and asks before it changes other files", async () => {
  const { server, uri, secretUri } = await openGarden(everything, ["registryCache.openAt"]);
  await server.request("workspace/symbol", { query: "" });
  const context = { diagnostics: [], only: ["refactor"] };
  const actions = (await server.request("textDocument/codeAction", {
    textDocument: { uri },
    range: { start: target, end: target },
    context,
  })) as readonly { title: string; edit?: unknown }[];
  expect(actions.map((it) => [it.title, it.edit])).toEqual([['Rotate Secret "quay-v1"', undefined]]);
  const created = secretUri.replace("quay.yaml", "quay-v2.yaml");
  const resolved = (await server.request("codeAction/resolve", actions[0])) as { edit: object; command: object };
  expect(resolved.edit).toEqual({
    documentChanges: [
      { kind: "create", uri: created, annotationId: "other-files" },
      {
        textDocument: { uri: created, version: null },
        edits: [
          { range: range(0, 0, 0), newText: expect.stringContaining("name: quay-v2"), annotationId: "other-files" },
        ],
      },
      { textDocument: { uri, version: 1 }, edits: [{ range: range(14, 55, 62), newText: "quay-v2" }] },
    ],
    changeAnnotations: { "other-files": { label: "Changes of other files", needsConfirmation: true } },
  });
  expect(JSON.stringify(resolved)).not.toMatch(/dQ==|cA==/);
  expect(resolved.command).toEqual({
    title: "Fill in the values",
    command: "registryCache.openAt",
    arguments: [{ uri: created, position: { line: expect.any(Number), character: expect.any(Number) } }],
  });
});

test("an action that nobody offered is refused, and one with its edit is left as it is", async () => {
  const { server, uri } = await openGarden();
  const foreign = { title: "x", data: { uri, action: { do: "format-disk" } } };
  expect(await server.ask("codeAction/resolve", foreign)).toEqual({
    error: { code: -32803, message: "this is no action of a rotation" },
  });
  const fix = { title: "x", edit: { changes: {} } };
  expect(await server.request("codeAction/resolve", fix)).toEqual(fix);
});
