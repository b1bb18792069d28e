import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeScratch } from "@registry-cache/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { open, openServer, plugin, type Server, type ShownDiagnostic, uriOf } from "../language-server/server.ts";
import { fixtures } from "./fixtures.ts";

const texts = fixtures();
const folder = makeScratch(texts);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A finding as both ways tell it. */
interface Told {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly range: unknown;
  readonly related: readonly { readonly file: string; readonly range: unknown; readonly message: string }[];
}

/** What is told of each file that has something. */
type ToldByFile = { readonly [file: string]: readonly Told[] };

let linted: ToldByFile;
beforeAll(() => {
  const { stdout, stderr } = spawnSync(process.execPath, [plugin, "lint", "-R", "-f", ".", "-o", "json"], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  expect(stderr).toBe("");
  linted = byFile(JSON.parse(stdout).findings);
});

function byFile(findings: readonly (Told & { readonly file: string })[]): ToldByFile {
  const files: { [file: string]: Told[] } = {};
  for (const { file, code, severity, message, range, related } of findings) {
    files[file] = [...(files[file] ?? []), { code, severity, message, range, related }];
  }
  return files;
}

const severities = ["", "error", "warning", "info"];

function toTold(diagnostics: readonly ShownDiagnostic[]): readonly Told[] {
  return diagnostics.map(({ code, severity, message, range, relatedInformation = [] }) => {
    const related = relatedInformation.map(({ location, message: of }) => {
      return { file: fileOf(location.uri), range: location.range, message: of };
    });
    return { code, severity: severities[severity] ?? "", message, range, related };
  });
}

function fileOf(uri: string): string {
  return fileURLToPath(uri).slice(folder.length + 1);
}

function openEditor(): Promise<Server> {
  return openServer({
    folders: [folder],
    capabilities: { textDocument: { diagnostic: {}, publishDiagnostics: { relatedInformation: true } } },
    options: { trusted: true },
  });
}

test("what an editor shows of all files is what lint tells of them", async () => {
  const server = await openEditor();
  const report = (await server.request("workspace/diagnostic", { previousResultIds: [] })) as {
    readonly items: readonly { readonly uri: string; readonly items: readonly ShownDiagnostic[] }[];
  };
  const shown = report.items.map(({ uri, items }) => [fileOf(uri), toTold(items)]);
  expect(Object.fromEntries(shown)).toEqual(linted);
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
    expect([file, toTold(items)]).toEqual([file, linted[file] ?? []]);
  }
}, 120_000);
