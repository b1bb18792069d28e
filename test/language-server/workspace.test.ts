import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { makeScratch, shootWith } from "@registry-cache/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { change, open, openServer, type Published, type Server, type ShownDiagnostic, uriOf } from "./server.ts";

const tiny = shootWith({ caches: "caches:\n- upstream: quay.io\n  volume: { size: 512Ki }" });
const pull = { textDocument: { diagnostic: {} } };

function scratch(files: { readonly [path: string]: string }): string {
  const root = makeScratch(files);
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

/** Waits until a document's diagnostics are these, or tells what they were last. */
async function shows(server: Server, uri: string, expected: readonly string[]): Promise<void> {
  let last: readonly string[] = ["nothing yet"];
  const found = server.waitFor("textDocument/publishDiagnostics", (it) => {
    const { uri: of, diagnostics } = it as Published;
    if (of !== uri) return false;
    last = diagnostics.map(({ code, severity }) => `${code} ${severity}`);
    return JSON.stringify(last) === JSON.stringify(expected);
  });
  await Promise.race([found, setTimeout(10_000)]);
  expect(last).toEqual(expected);
}

/** The diagnostics of all files, by the client that pulls. */
async function pullAll(server: Server): Promise<readonly string[]> {
  const { items } = (await server.request("workspace/diagnostic", { previousResultIds: [] })) as {
    readonly items: readonly { readonly uri: string; readonly items: readonly ShownDiagnostic[] }[];
  };
  return items.flatMap(({ uri, items: of }) => of.map((it) => `${uri.slice(uri.lastIndexOf("/") + 1)} ${it.code}`));
}

describe("settings", () => {
  test("hold as lint has them: severities, ignored paths and policies", async () => {
    const settings = `severities: { RC127: info }
ignores: [{ paths: [legacy/**] }]
policies: { allowedUpstreams: [gcr.io] }
`;
    const files = { ".registry-cache.yaml": settings, "a/shoot.yaml": tiny, "legacy/old.yaml": tiny };
    const folder = scratch(files);
    const server = await openServer({ folders: [folder] });
    const [a, old] = [uriOf(join(folder, "a/shoot.yaml")), uriOf(join(folder, "legacy/old.yaml"))];
    open(server, a, tiny);
    open(server, old, tiny);
    await shows(server, a, ["RC232 1", "RC127 3"]);
    await shows(server, old, []);
  });

  test("count as the editor has them, before they are saved", async () => {
    const folder = scratch({ "a/shoot.yaml": tiny, "a/closed.yaml": tiny });
    const server = await openServer({ folders: [folder] });
    const [settings, uri] = [uriOf(join(folder, ".registry-cache.yaml")), uriOf(join(folder, "a/shoot.yaml"))];
    open(server, uri, tiny);
    await shows(server, uri, ["RC127 2"]);
    open(server, settings, "severities: { RC127: error }\n");
    await shows(server, uri, ["RC127 1"]);
    change(server, settings, 2, "severities: { RC127: off }\npolicies: { allowedUpstreams: [gcr.io] }\n");
    await shows(server, uri, ["RC232 1"]);
    server.notify("textDocument/didClose", { textDocument: { uri: settings } });
    await server.next("textDocument/publishDiagnostics", (it) => (it as Published).diagnostics[0]?.code === "RC127");
  });

  test("are read again when they change on disk", async () => {
    const folder = scratch({ "a/shoot.yaml": tiny });
    const server = await openServer({ folders: [folder] });
    const [settings, uri] = [join(folder, ".registry-cache.yaml"), uriOf(join(folder, "a/shoot.yaml"))];
    open(server, uri, tiny);
    await shows(server, uri, ["RC127 2"]);
    writeFileSync(settings, "policies: { allowedUpstreams: [gcr.io] }\n");
    server.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uriOf(settings), type: 1 }] });
    await shows(server, uri, ["RC232 1", "RC127 2"]);
    rmSync(settings);
    server.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uriOf(settings), type: 3 }] });
    await server.next("textDocument/publishDiagnostics", (it) => (it as Published).diagnostics.length === 1);
  });

  test("are judged themselves", async () => {
    const server = await openServer();
    open(server, "file:///somewhere/.registry-cache.yaml", "severities: { RC999: info }\n");
    await shows(server, "file:///somewhere/.registry-cache.yaml", ["RC042 2"]);
  });
});

describe("git", () => {
  const credential = `apiVersion: v1
kind: Secret
metadata: { name: quay-v1 }
immutable: true
type: Opaque
stringData: { username: robot, password: invented-but-long }
`;
  const committed = (): string => {
    const folder = scratch({ "secret.yaml": credential, "shoot.yaml": tiny });
    const git = (...args: readonly string[]): unknown =>
      execFileSync("git", ["-C", folder, ...args], { stdio: "pipe" });
    git("init", "-q");
    git("add", "secret.yaml");
    return folder;
  };

  test.each([
    [true, ["shoot.yaml RC127", "secret.yaml RC219"]],
    [false, ["shoot.yaml RC127"]],
  ])("is asked about committed Secrets in a trusted workspace only: %j", async (trusted, expected) => {
    const server = await openServer({ folders: [committed()], capabilities: pull, options: { trusted } });
    expect((await pullAll(server)).toSorted()).toEqual(expected.toSorted());
  });
});

describe("reading the folders", () => {
  const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`f${index}/shoot.yaml`, tiny]));
  const progress = { window: { workDoneProgress: true }, ...pull };

  test("shows its progress, and answers that need other files wait for its end", async () => {
    const server = await openServer({ folders: [scratch(many)], capabilities: progress });
    expect((await server.request("workspace/symbol", { query: "crazy" })) as readonly unknown[]).toHaveLength(400);
    const told = server.received.flatMap(({ method, params }) => {
      return method === "$/progress" ? [(params as { value: { kind: string } }).value] : [];
    });
    expect([told[0], told.at(-1)]).toEqual([
      { kind: "begin", title: "Reading manifests", cancellable: true, percentage: 0 },
      { kind: "end" },
    ]);
  });

  test("ends when the user cancels it", async () => {
    const server = await openServer({ folders: [scratch(many)], capabilities: progress });
    const { token } = (await server.waitFor("window/workDoneProgress/create")) as { readonly token: string };
    server.notify("window/workDoneProgress/cancel", { token });
    const found = (await server.request("workspace/symbol", { query: "crazy" })) as readonly unknown[];
    expect(found.length).toBeLessThan(400);
  });

  test("does not keep a document that is typed in waiting", async () => {
    const server = await openServer({ folders: [scratch(many)], capabilities: { window: { workDoneProgress: true } } });
    open(server, "untitled:a", tiny);
    await shows(server, "untitled:a", ["RC127 2"]);
    const ended = server.received.some(({ params }) => (params as { value?: { kind: string } })?.value?.kind === "end");
    expect(ended).toBe(false);
  });

  test("a folder that cannot be read holds nothing", async () => {
    const server = await openServer({ folders: ["/does/not/exist"], capabilities: pull });
    expect(await pullAll(server)).toEqual([]);
  });
});
