import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeScratch, shootWith } from "@registry-cache/testkit";
import { expect, onTestFinished, test } from "vitest";
import { change, open, openServer, type Published, published, type ShownDiagnostic, uriOf } from "./server.ts";

const caches = "caches:\n- upstream: quay.io\n  secretReferenceName: quay";
const resources = "- name: quay\n  resourceRef: { apiVersion: v1, kind: Secret, name: quay-v1 }";
const shoot = shootWith({ caches, resources });
const secret = `apiVersion: v1
kind: Secret
metadata: { name: quay-v1 }
type: Opaque
stringData: { username: u, password: p }
`;
const refreshing = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } };

function scratch(files: { readonly [path: string]: string }): string {
  const root = makeScratch(files);
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

interface Report {
  readonly items: readonly {
    readonly uri: string;
    readonly resultId: string;
    readonly items: readonly ShownDiagnostic[];
  }[];
}

test("a client that pulls, but cannot be told to pull again, is pushed to: another file may matter", async () => {
  const capabilities = { textDocument: { diagnostic: {}, publishDiagnostics: {} } };
  const server = await openServer({ capabilities });
  open(server, "untitled:secret", secret);
  const found = server.next("textDocument/publishDiagnostics", (it) => {
    const { uri, diagnostics } = it as Published;
    return uri === "untitled:secret" && diagnostics.some((of) => of.code === "RC208");
  });
  open(server, "untitled:shoot", shoot);
  await found;
});

test("a client that gave up an answer about all files gets it again", async () => {
  const folder = scratch({ "shoot.yaml": shoot, "secret.yaml": secret });
  const server = await openServer({ folders: [folder], capabilities: refreshing });
  const uri = uriOf(join(folder, "shoot.yaml"));
  const ask = (previousResultIds: readonly object[]): Promise<Report> =>
    server.request("workspace/diagnostic", { previousResultIds }) as Promise<Report>;
  const known = (await ask([])).items.map((it) => ({ uri: it.uri, value: it.resultId }));
  open(server, uri, shoot.replace("secretReferenceName: quay", "secretReferenceName: quey"));
  const told = ({ items }: Report): readonly unknown[] =>
    items.map((it) => [it.uri, it.items.map((of) => of.code)]).sort();
  const first = told(await ask(known));
  expect(first).toContainEqual([uri, expect.arrayContaining(["RC201"])]);
  expect(told(await ask(known))).toEqual(first);
});

test.each([
  [true, ["Rotate"]],
  [false, []],
])("an action without its edit is for a client that keeps its data: %j", async (dataSupport, expected) => {
  const codeAction = {
    codeActionLiteralSupport: { codeActionKind: { valueSet: ["refactor.rewrite"] } },
    resolveSupport: { properties: ["edit"] },
    dataSupport,
  };
  const workspaceEdit = { documentChanges: true, resourceOperations: ["create", "delete"] };
  const server = await openServer({ capabilities: { textDocument: { codeAction }, workspace: { workspaceEdit } } });
  const uri = "file:///shoot.yaml";
  open(server, uri, shoot);
  open(server, "file:///secret.yaml", secret);
  await published(server, uri);
  const at = { line: shoot.split("\n").findIndex((it) => it.includes("quay-v1")), character: 60 };
  const actions = (await server.request("textDocument/codeAction", {
    textDocument: { uri },
    range: { start: at, end: at },
    context: { diagnostics: [], only: ["refactor.rewrite"] },
  })) as readonly { readonly title: string }[];
  expect(actions.map((it) => it.title.split(/[ :]/)[0])).toEqual(expected);
});

test("how often a Secret is used is shown anew when a Shoot changes in another document", async () => {
  const capabilities = { workspace: { codeLens: { refreshSupport: true } } };
  const server = await openServer({ capabilities });
  open(server, "untitled:secret", secret);
  await server.next("workspace/codeLens/refresh");
  const again = server.next("workspace/codeLens/refresh");
  open(server, "untitled:shoot", shoot);
  await again;
  const other = server.next("workspace/codeLens/refresh");
  change(server, "untitled:shoot", 2, shoot.replace("name: quay-v1", "name: quay-v2"));
  await other;
});

test("to a client that refuses a progress nothing is sent about it", async () => {
  const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`f${index}/shoot.yaml`, shoot]));
  const refuse = (): never => {
    throw new Error("no progress here");
  };
  const capabilities = { ...refreshing, window: { workDoneProgress: true } };
  const answers = { "window/workDoneProgress/create": refuse };
  const server = await openServer({ folders: [scratch(many)], capabilities }, { answers });
  expect((await server.request("workspace/symbol", { query: "crazy" })) as readonly unknown[]).toHaveLength(400);
  expect(server.received.some((it) => it.method === "window/workDoneProgress/create")).toBe(true);
  expect(server.received.filter((it) => it.method === "$/progress")).toEqual([]);
});

test("renaming edits files as they are on the disk now, also for a client that watches nothing", async () => {
  const folder = scratch({ "shoot.yaml": shoot, "secret.yaml": secret });
  const server = await openServer({ folders: [folder] });
  const uri = uriOf(join(folder, "secret.yaml"));
  open(server, uri, secret);
  await server.request("workspace/symbol", { query: "" });
  const moved = `# moved\n# down\n${shoot}`;
  writeFileSync(join(folder, "shoot.yaml"), moved);
  const { changes } = (await server.request("textDocument/rename", {
    textDocument: { uri },
    position: { line: 2, character: 20 },
    newName: "quay-v2",
  })) as { readonly changes: { readonly [of: string]: readonly { readonly range: ShownDiagnostic["range"] }[] } };
  const line = moved.split("\n").findIndex((it) => it.includes("quay-v1"));
  expect(changes[uriOf(join(folder, "shoot.yaml"))]?.map((it) => it.range.start.line)).toEqual([line]);
});

test("of a folder that has another name the files are known by theirs", async () => {
  const folder = scratch({ "old/shoot.yaml": shoot });
  const server = await openServer({ folders: [folder], capabilities: refreshing });
  const files = async (): Promise<readonly string[]> => {
    const symbols = (await server.request("workspace/symbol", { query: "crazy" })) as readonly {
      readonly location: { readonly uri: string };
    }[];
    return symbols.map((it) => it.location.uri);
  };
  expect(await files()).toEqual([uriOf(join(folder, "old/shoot.yaml"))]);
  renameSync(join(folder, "old"), join(folder, "new"));
  const renamed = { oldUri: uriOf(join(folder, "old")), newUri: uriOf(join(folder, "new")) };
  server.notify("workspace/didRenameFiles", { files: [renamed] });
  expect(await files()).toEqual([uriOf(join(folder, "new/shoot.yaml"))]);
});

test("for a client that watches nothing the server watches the folders itself, until it is shut down", async () => {
  const [folder, other] = [scratch({ "shoot.yaml": shoot }), scratch({ "b/other.yaml": shoot })];
  const server = await openServer({ folders: [folder] });
  const known = async (): Promise<readonly string[]> => {
    const symbols = (await server.request("workspace/symbol", { query: "crazy" })) as readonly {
      readonly location: { readonly uri: string };
    }[];
    return symbols.map((it) => it.location.uri.slice(it.location.uri.lastIndexOf("/") + 1)).sort();
  };
  const knows = (expected: readonly string[]): Promise<void> =>
    expect.poll(known, { timeout: 20_000 }).toEqual(expected);
  await knows(["shoot.yaml"]);
  mkdirSync(join(folder, "deep"));
  writeFileSync(join(folder, "deep/new.yaml"), shoot);
  await knows(["new.yaml", "shoot.yaml"]);
  rmSync(join(folder, "shoot.yaml"));
  await knows(["new.yaml"]);
  const event = { uri: uriOf(other), name: "other" };
  server.notify("workspace/didChangeWorkspaceFolders", { event: { added: [event], removed: [] } });
  await knows(["new.yaml", "other.yaml"]);
  writeFileSync(join(other, "b/more.yaml"), shoot);
  await knows(["more.yaml", "new.yaml", "other.yaml"]);
  renameSync(join(other, "b"), join(other, "c"));
  await knows(["more.yaml", "new.yaml", "other.yaml"]);
  rmSync(join(other, "c"), { recursive: true });
  await knows(["new.yaml"]);
  expect(await server.request("shutdown")).toBe(null);
});

test("what changes in folders that no reading goes into is none of the workspace", async () => {
  const folder = scratch({ "shoot.yaml": shoot });
  const server = await openServer({ folders: [folder], capabilities: refreshing });
  mkdirSync(join(folder, "node_modules/x"), { recursive: true });
  const file = join(folder, "node_modules/x/shoot.yaml");
  writeFileSync(file, readFileSync(join(folder, "shoot.yaml"), "utf8").replace("crazy-botany", "crazy-stranger"));
  server.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uriOf(file), type: 1 }] });
  const symbols = (await server.request("workspace/symbol", { query: "crazy" })) as readonly {
    readonly name: string;
  }[];
  expect(symbols.map((it) => it.name)).toEqual(["crazy-botany"]);
});
