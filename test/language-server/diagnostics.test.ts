import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeScratch, shootWith } from "@registry-cache/testkit";
import { expect, onTestFinished, test } from "vitest";
import {
  change,
  open,
  openServer,
  type Published,
  published,
  type Server,
  type ShownDiagnostic,
  uriOf,
} from "./server.ts";

const pull = {
  textDocument: { diagnostic: {}, publishDiagnostics: { relatedInformation: true } },
  workspace: { diagnostics: { refreshSupport: true } },
};
const related = { textDocument: { publishDiagnostics: { relatedInformation: true } } };

const unresolved = shootWith({
  caches: "caches:\n- upstream: quay.io\n  secretReferenceName: quay",
  resources: "- name: quay-secret\n  resourceRef: { apiVersion: v1, kind: Secret, name: quay-v1 }",
});
const whole = unresolved.replace("name: quay-secret", "name: quay");
const idle = "  - name: idle\n    resourceRef: { apiVersion: v1, kind: Secret, name: idle-v1 }\n";
const mutable = `apiVersion: v1
kind: Secret
metadata: { name: quay-v1 }
type: Opaque
stringData: { username: u, password: p }
`;

function scratch(files: { readonly [path: string]: string }): string {
  const root = makeScratch(files);
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

function codes(diagnostics: readonly ShownDiagnostic[]): readonly string[] {
  return diagnostics.map(({ code, range: { start } }) => `${start.line}:${start.character} ${code}`);
}

/** The next diagnostics of a document that are these; those in between do not matter. */
function until(server: Server, uri: string, expected: readonly string[]): Promise<unknown> {
  return server.waitFor("textDocument/publishDiagnostics", (it) => {
    const { uri: of, diagnostics } = it as Published;
    return of === uri && JSON.stringify(codes(diagnostics)) === JSON.stringify(expected);
  });
}

test("diagnoses a document when it is opened, and each change of it in its turn", async () => {
  const server = await openServer();
  const uri = "file:///somewhere/shoot.yaml";
  open(server, uri, unresolved);
  expect(codes(await published(server, uri))).toEqual(["11:29 RC201"]);
  const at = { line: 13, character: 14 };
  server.notify("textDocument/didChange", {
    textDocument: { uri, version: 2 },
    contentChanges: [{ range: { start: at, end: { line: 13, character: 21 } }, text: "" }],
  });
  expect(codes(await published(server, uri, 2))).toEqual([]);
});

test("speaks of places as the client counts them", async () => {
  const text = "# 😀\nkind: Shoot\nmetadata: { name: 😀, nmae: 1 }\n";
  const columns = async (positionEncodings: readonly string[]): Promise<unknown> => {
    const server = await openServer({ capabilities: { general: { positionEncodings } } });
    open(server, "file:///a.yaml", text);
    return (await published(server, "file:///a.yaml")).map((it) => it.range);
  };
  const range = (character: number): object => {
    return { start: { line: 2, character }, end: { line: 2, character: character + 4 } };
  };
  expect(await columns([])).toEqual([range(22)]);
  expect(await columns(["utf-16", "utf-8"])).toEqual([range(22)]);
  expect(await columns(["utf-8", "utf-16"])).toEqual([range(24)]);
  expect(await columns(["utf-32", "utf-16"])).toEqual([range(21)]);
  expect(await columns(["ebcdic"])).toEqual([range(22)]);
});

test("what one open document says changes what is said of another", async () => {
  const server = await openServer({ capabilities: related });
  open(server, "untitled:shoot", whole);
  expect(codes(await published(server, "untitled:shoot"))).toEqual([]);
  open(server, "untitled:secret", mutable);
  const [first] = await published(server, "untitled:secret");
  expect({ code: first?.code, severity: first?.severity, related: first?.relatedInformation }).toEqual({
    code: "RC208",
    severity: 1,
    related: [
      {
        location: {
          uri: "untitled:shoot",
          range: { start: { line: 11, character: 29 }, end: { line: 11, character: 33 } },
        },
        message: "used for quay.io by Shoot crazy-botany",
      },
    ],
  });
  server.notify("textDocument/didClose", { textDocument: { uri: "untitled:shoot" } });
  // Without the Shoot nobody is known to use the Secret.
  await server.next("textDocument/publishDiagnostics", (it) => {
    const { uri, diagnostics } = it as Published;
    return uri === "untitled:secret" && diagnostics[0]?.relatedInformation === undefined;
  });
});

test("reads the folders of the workspace, and what an editor has open counts before the disk", async () => {
  const folder = scratch({ "shoot.yaml": whole, "deep/er/secret.yaml": mutable, "other.yaml": "kind: ConfigMap\n" });
  const server = await openServer({ folders: [folder], capabilities: related });
  const secret = uriOf(join(folder, "deep/er/secret.yaml"));
  open(server, secret, mutable);
  await until(server, secret, ["2:18 RC208"]);
  change(server, secret, 2, mutable.replace("type:", "immutable: true\ntype:"));
  expect(codes(await published(server, secret, 2))).toEqual([]);
});

test("hears of files that are made, changed and deleted on disk", async () => {
  const folder = scratch({ "secret.yaml": mutable });
  const registered: unknown[] = [];
  const answers = { "client/registerCapability": (params: unknown) => registered.push(params) && null };
  const capabilities = { ...related, workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } };
  const server = await openServer({ folders: [folder], capabilities }, { answers });
  const secret = uriOf(join(folder, "secret.yaml"));
  const shoot = join(folder, "shoot.yaml");
  open(server, secret, mutable);
  const users = (count: number): Promise<unknown> =>
    server.next("textDocument/publishDiagnostics", (it) => {
      const { uri, diagnostics } = it as Published;
      return uri === secret && (diagnostics[0]?.relatedInformation ?? []).length === count;
    });
  for (const [text, count] of [
    [whole, 1],
    [unresolved, 0],
    [whole, 1],
    [undefined, 0],
  ] as const) {
    const told = users(count);
    if (text === undefined) rmSync(shoot);
    else writeFileSync(shoot, text);
    server.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uriOf(shoot), type: 2 }] });
    await told;
  }
  expect(registered).toEqual([
    {
      registrations: [
        {
          id: "registry-cache/files",
          method: "workspace/didChangeWatchedFiles",
          registerOptions: {
            watchers: [{ globPattern: "**/*.{yaml,yml,json}" }, { globPattern: "**/.registry-cache.yaml" }],
          },
        },
      ],
    },
  ]);
});

test("folders come and go while the server runs", async () => {
  const [one, two] = [scratch({ "secret.yaml": mutable }), scratch({ "shoot.yaml": whole })];
  const server = await openServer({ folders: [one], capabilities: related });
  const secret = uriOf(join(one, "secret.yaml"));
  open(server, secret, mutable);
  const event = { uri: uriOf(two), name: "two" };
  const used = (is: boolean): Promise<unknown> =>
    server.next("textDocument/publishDiagnostics", (it) => {
      const { uri, diagnostics } = it as Published;
      return uri === secret && (diagnostics[0]?.relatedInformation !== undefined) === is;
    });
  const [added] = [used(true)];
  server.notify("workspace/didChangeWorkspaceFolders", { event: { added: [event], removed: [] } });
  await added;
  const removed = used(false);
  server.notify("workspace/didChangeWorkspaceFolders", { event: { added: [], removed: [event] } });
  await removed;
});

test("a client that pulls is not pushed to, and is told what it knows already", async () => {
  const folder = scratch({ "shoot.yaml": unresolved, "clean.yaml": "kind: Shoot\n" });
  const server = await openServer({ folders: [folder], capabilities: pull });
  const uri = uriOf(join(folder, "shoot.yaml"));
  const ask = (previousResultId?: string): Promise<unknown> =>
    server.request("textDocument/diagnostic", { textDocument: { uri }, previousResultId });
  open(server, uri, unresolved);
  const first = (await ask()) as { kind: string; resultId: string; items: ShownDiagnostic[] };
  expect({ kind: first.kind, codes: codes(first.items) }).toEqual({
    kind: "full",
    codes: ["11:29 RC201"],
  });
  expect(await ask(first.resultId)).toEqual({ kind: "unchanged", resultId: first.resultId });
  change(server, uri, 2, whole);
  const second = (await ask(first.resultId)) as { kind: string; resultId: string };
  expect(second).toEqual({ kind: "full", resultId: second.resultId, items: [] });
  expect(await ask(second.resultId)).toEqual({ kind: "unchanged", resultId: second.resultId });
  expect(server.received.filter((it) => it.method === "textDocument/publishDiagnostics")).toEqual([]);
});

test("a client that pulls for all files waits until something changes", async () => {
  const folder = scratch({ "shoot.yaml": unresolved, "clean.yaml": "kind: Shoot\n" });
  const server = await openServer({ folders: [folder], capabilities: pull });
  const uri = uriOf(join(folder, "shoot.yaml"));
  type Report = { items: { uri: string; resultId: string; version: number | null; items: ShownDiagnostic[] }[] };
  const ask = (previousResultIds: readonly object[]): Promise<Report> =>
    server.request("workspace/diagnostic", { previousResultIds }) as Promise<Report>;
  const shown = ({ items }: Report): unknown =>
    items.map((it) => ({ uri: it.uri, version: it.version, codes: codes(it.items) }));
  const first = await ask([]);
  expect(shown(first)).toEqual([{ uri, version: null, codes: ["11:29 RC201"] }]);
  const known = first.items.map((it) => ({ uri: it.uri, value: it.resultId }));
  const second = ask(known);
  open(server, uri, whole, 7);
  expect(shown(await second)).toEqual([{ uri, version: 7, codes: [] }]);
});

test("tags what is unused and what is deprecated", async () => {
  const server = await openServer();
  open(server, "file:///a.yaml", `${whole}${idle}  secretBindingName: x\n`);
  const tags = (await published(server, "file:///a.yaml")).map((it) => [it.code, it.tags]);
  expect(tags).toEqual([
    ["RC204", [1]],
    ["RC020", [2]],
  ]);
});
