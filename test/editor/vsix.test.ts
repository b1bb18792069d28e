import { execFileSync, fork } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createLspClient, ipcTransport, type LspClient } from "@registry-cache/testkit";
import { unzipSync } from "fflate";
import { expect, onTestFinished, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { shakeHands } from "../language-server/server.ts";
import { lacks } from "../requirements.ts";
import { findKubectl } from "../tools/kubectl.ts";

const vsix = fileURLToPath(new URL("../../extension/packaged/registry-cache.vsix", import.meta.url));
const kubectl = findKubectl();

interface Made {
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** Unpacks the VSIX into an empty folder, where nothing else of ours is, and starts the server in it as VS Code does. */
async function startUnpacked(): Promise<{ readonly folder: string; readonly client: LspClient }> {
  const folder = mkdtempSync(join(tmpdir(), "registry-cache-vsix-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, bytes] of Object.entries(unzipSync(readFileSync(vsix)))) write(join(folder, path), bytes);
  const child = fork(join(folder, "extension/dist/server.cjs"), { execArgv: [], stdio: "pipe", cwd: folder });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const client = createLspClient(ipcTransport(child));
  await shakeHands(client, {});
  return { folder, client };
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const title = "an unpacked VSIX gives ready-made manifests that kubectl builds";

test.skipIf(lacks(kubectl, title))(title, async () => {
  const { folder, client } = await startUnpacked();
  const made = (await client.request("registryCache/readyMade")) as readonly Made[];
  const built = made.map(({ name, files }) => {
    for (const { path, text } of files) write(join(folder, "manifests", name, path), text);
    const overlay = join(folder, "manifests", name, "overlays", name);
    const yaml = execFileSync(kubectl.path, ["kustomize", overlay], { encoding: "utf8" });
    return [
      name,
      parseAllDocuments(yaml)
        .map((it) => it.get("kind"))
        .sort(),
    ];
  });
  const common = ["ConfigMap", "ConfigMap", "DaemonSet", "Namespace", "Namespace", "NetworkPolicy"];
  expect(built).toEqual([
    ["public", [...common, "Service", "StatefulSet"]],
    ["private", [...common, "Secret", "Service", "StatefulSet"]],
  ]);
});

test("the VSIX is small enough to be fetched in a moment, and has its two parts of the server once each", () => {
  const bytes = readFileSync(vsix);
  expect(bytes.length).toBeLessThan(1_500_000);
  const parts = Object.keys(unzipSync(bytes)).filter((it) => /dist\/(core|server|operations)\.cjs$/.test(it));
  expect(parts.sort()).toEqual(["core", "operations", "server"].map((it) => `extension/dist/${it}.cjs`));
});
