import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { makeScratch } from "@registry-cache/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { open, openServer, plugin, type Server, type ShownDiagnostic, uriOf } from "../language-server/server.ts";
import { fixtures } from "./fixtures.ts";
import { allToldByEditor, type ToldByFile, toldByEditor, toldByLint } from "./told.ts";

const texts = fixtures();
const folder = makeScratch(texts);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let linted: ToldByFile;
beforeAll(() => {
  const { stdout, stderr } = spawnSync(process.execPath, [plugin, "lint", "-R", "-f", ".", "-o", "json"], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  expect(stderr).toBe("");
  linted = toldByLint(stdout);
});

function openEditor(): Promise<Server> {
  return openServer({
    folders: [folder],
    capabilities: { textDocument: { diagnostic: {}, publishDiagnostics: { relatedInformation: true } } },
    options: { trusted: true },
  });
}

test("what an editor shows of all files is what lint tells of them", async () => {
  const server = await openEditor();
  expect(await allToldByEditor(server, folder)).toEqual(linted);
  expect(Object.keys(linted).length).toBeGreaterThan(300);
});

test("what an editor shows of a document that is open is what lint tells of its file", async () => {
  const server = await openEditor();
  // All have to be read before any is asked about.
  await server.request("workspace/symbol", { query: "" });
  for (const [file, text] of Object.entries(texts)) {
    const uri = uriOf(join(folder, file));
    open(server, uri, text);
    const { items } = (await server.request("textDocument/diagnostic", { textDocument: { uri } })) as {
      readonly items: readonly ShownDiagnostic[];
    };
    expect([file, toldByEditor(folder, items)]).toEqual([file, linted[file] ?? []]);
  }
}, 120_000);
