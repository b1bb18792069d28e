import { shootWith } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { open, openServer, published, type Server } from "./server.ts";

const actions = { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } };
const literal = { textDocument: { codeAction: actions } };
const uri = "file:///shoot.yaml";
const shoot = shootWith({
  caches: "caches:\n- upstream: quay.io\n  secretReferenceName: quay",
  resources: "- name: quay-secret\n  resourceRef: { apiVersion: v1, kind: Secret, name: quay-v1 }",
});

interface Action {
  readonly title: string;
  readonly kind: string;
  readonly isPreferred?: boolean;
  readonly diagnostics?: readonly { readonly code: string }[];
  readonly edit?: { readonly changes?: { readonly [uri: string]: readonly { readonly newText: string }[] } };
}

async function ask(
  server: Server,
  line: number,
  character: number,
  only?: readonly string[],
): Promise<readonly Action[]> {
  const at = { line, character };
  const context = { diagnostics: [], ...(only === undefined ? {} : { only }) };
  const range = { start: at, end: at };
  return (await server.request("textDocument/codeAction", { textDocument: { uri }, range, context })) as Action[];
}

async function opened(text: string, capabilities: object = literal): Promise<Server> {
  const server = await openServer({ capabilities });
  open(server, uri, text);
  await published(server, uri);
  return server;
}

test("offers the fixes of a finding where it lies, and nowhere else", async () => {
  const server = await opened(shoot);
  const found = await ask(server, 11, 33);
  const shown = found.map(({ title, kind, diagnostics = [], edit }) => {
    const texts = Object.values(edit?.changes ?? {}).flatMap((it) => it.map((of) => of.newText));
    return [title, kind, ...diagnostics.map((it) => it.code), ...texts];
  });
  const entry = "\n  - name: quay\n    resourceRef:\n      apiVersion: v1\n      kind: Secret\n      name: quay";
  expect(shown).toEqual([
    ['Declare "quay" in spec.resources', "quickfix", "RC201", entry],
    ['Change to "quay-secret"', "quickfix", "RC201", "quay-secret"],
  ]);
  expect(await ask(server, 2, 0)).toEqual([]);
});

test("edits name the version that they are for, where the client can check it", async () => {
  const server = await opened(shoot, { ...literal, workspace: { workspaceEdit: { documentChanges: true } } });
  const range = { start: { line: 11, character: 29 }, end: { line: 11, character: 33 } };
  expect((await ask(server, 11, 30))[1]?.edit).toEqual({
    documentChanges: [{ textDocument: { uri, version: 1 }, edits: [{ range, newText: "quay-secret" }] }],
  });
});

test.each([
  [undefined, ["quickfix"]],
  [["quickfix"], ["quickfix"]],
  [["quick"], []],
  [["refactor"], []],
  [["source"], ["source.fixAll.registryCache"]],
  [["source.fixAll"], ["source.fixAll.registryCache"]],
  [["source.fixAll.eslint"], []],
  [["source.organizeImports"], []],
])("of the kinds %j that a client asks for it gets %j", async (only, kinds) => {
  const server = await opened(shoot.replace("name: quay-secret", "name: quay").replace("quay.io", "quay.io/"));
  const found = await ask(server, 10, 22, only);
  expect(found.map((it) => it.kind)).toEqual(kinds);
});

test("a client that takes no action literals gets none", async () => {
  const server = await opened(shoot, {});
  expect(await ask(server, 11, 30)).toEqual([]);
});

test("fixes all that is certain, each at its place", async () => {
  const server = await opened(shootWith({ caches: "caches:\n- upstream: quay.io/\n- upstream: gcr.io/" }));
  expect(textsOf(await ask(server, 0, 0, ["source.fixAll"]))).toEqual([["quay.io", "gcr.io"]]);
});

test("what a fix makes room for is fixed, too", async () => {
  const secret = [
    "kind: Secret",
    "metadata: { name: quay-v1 }",
    "stringData:",
    "  username: u",
    "  password: |",
    "    p",
  ];
  const text = `${secret.join("\n")}\nimmutable: "true"\n---\n${shoot.replace("name: quay-secret", "name: quay")}`;
  const server = await opened(text.replace("kind: Secret, name", "kind: secret, name"));
  const [[change = ""] = []] = textsOf(await ask(server, 0, 0, ["source.fixAll"]));
  // One edit from the first place to the last, since the rounds build upon each other.
  expect(change.split("\n").filter((it) => /^\W*$|immutable|kind: S/.test(it))).toEqual([
    "-",
    "immutable: true",
    "---",
    "kind: Shoot",
    "    resourceRef: { apiVersion: v1, kind: S",
  ]);
});

function textsOf(found: readonly Action[]): readonly (readonly string[])[] {
  return found.map(({ edit }) => Object.values(edit?.changes ?? {}).flatMap((it) => it.map((of) => of.newText)));
}
