import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { makeScratch } from "@registry-cache/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keptSchema, newerShoot } from "../language-server/kept-schema.ts";
import { open, openServer, plugin, type Server, type ShownDiagnostic, uriOf } from "../language-server/server.ts";
import { fixtures } from "./fixtures.ts";
import { allToldByEditor, type ToldByFile, toldByEditor, toldByLint } from "./told.ts";

const texts: { readonly [file: string]: string } = { ...fixtures(), "newer.yaml": newerShoot };
const folder = makeScratch(texts);
const kept = makeScratch({ "garden.json": keptSchema() });
const gardenSchema = join(kept, "garden.json");
afterAll(() => {
  for (const it of [folder, kept]) rmSync(it, { recursive: true, force: true });
});

describe.each([
  { schema: "our schema", flags: [], options: {} },
  { schema: "a garden's schema", flags: ["--garden-schema", gardenSchema], options: { gardenSchema } },
])("with $schema", ({ flags, options }) => {
  let linted: ToldByFile;
  beforeAll(() => {
    const { stdout, stderr } = spawnSync(process.execPath, [plugin, "lint", "-R", "-f", ".", "-o", "json", ...flags], {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    expect(stderr).toBe("");
    linted = toldByLint(stdout);
  });

  const openEditor = (): Promise<Server> =>
    openServer({
      folders: [folder],
      capabilities: { textDocument: { diagnostic: {}, publishDiagnostics: { relatedInformation: true } } },
      options: { trusted: true, ...options },
    });

  test("what an editor shows of all files is what lint tells of them", async () => {
    const server = await openEditor();
    expect(await allToldByEditor(server, folder)).toEqual(linted);
    expect(Object.keys(linted).length).toBeGreaterThan(300);
    const rc010 = linted["newer.yaml"]?.filter((it) => it.code === "RC010");
    expect(rc010?.map((it) => `${it.severity} ${it.code}`)).toEqual([
      flags.length === 0 ? "error RC010" : "warning RC010",
    ]);
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
});
