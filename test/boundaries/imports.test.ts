import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const tree = mkdtempSync(join(tmpdir(), "boundaries-"));
afterAll(() => rmSync(tree, { recursive: true }));

/** For each folder one import that is allowed there and one that is not. */
const table = [
  { folder: "packages/core/src", allowed: "./rules/index.ts", forbidden: "node:fs" },
  { folder: "packages/core/src/text", allowed: "./span.ts", forbidden: "../yaml/node.ts" },
  { folder: "packages/core/src/encoding", allowed: "@scure/base", forbidden: "../text/span.ts" },
  { folder: "packages/core/src/formats", allowed: "../encoding/utf8.ts", forbidden: "../yaml/node.ts" },
  { folder: "packages/core/src/yaml", allowed: "yaml", forbidden: "../manifest/shoot.ts" },
  { folder: "packages/core/src/schema", allowed: "../yaml/node.ts", forbidden: "../manifest/shoot.ts" },
  { folder: "packages/core/src/manifest", allowed: "../schema/shoot.ts", forbidden: "yaml" },
  { folder: "packages/core/src/workspace", allowed: "../manifest/shoot.ts", forbidden: "../rules/index.ts" },
  { folder: "packages/core/src/rules", allowed: "../workspace/workspace.ts", forbidden: "yaml" },
  { folder: "packages/core/src/analyze", allowed: "../rules/index.ts", forbidden: "yaml" },
  { folder: "packages/core/src/complete", allowed: "../rules/index.ts", forbidden: "../rules/rule.ts" },
  { folder: "packages/core/src/navigate", allowed: "../analyze/inspect.ts", forbidden: "../rotate/next-name.ts" },
  { folder: "packages/core/src/rotate", allowed: "../analyze/inspect.ts", forbidden: "../complete/complete.ts" },
  { folder: "packages/core/src/graph", allowed: "../workspace/chain.ts", forbidden: "../yaml/node.ts" },
  { folder: "packages/core/src/live", allowed: "../rotate/versions.ts", forbidden: "../rotate/status.ts" },
  { folder: "packages/core/src/anything-new", allowed: "./other.ts", forbidden: "../text/span.ts" },
  { folder: "packages/files/src", allowed: "node:fs/promises", forbidden: "@registry-cache/operations" },
  { folder: "packages/garden/src", allowed: "node:https", forbidden: "@registry-cache/files" },
  { folder: "packages/upstream/src", allowed: "tldts", forbidden: "@registry-cache/files" },
  { folder: "packages/runtime/src", allowed: "@registry-cache/core", forbidden: "node:fs" },
  { folder: "packages/operations/src", allowed: "@registry-cache/files", forbidden: "node:child_process" },
  { folder: "packages/language-server/src", allowed: "vscode-jsonrpc", forbidden: "@registry-cache/operations" },
  { folder: "packages/language-server/src/desktop", allowed: "@registry-cache/operations", forbidden: "node:fs" },
  {
    folder: "packages/language-server/src/protocol",
    allowed: "@registry-cache/operations",
    forbidden: "vscode-jsonrpc",
  },
  { folder: "packages/testkit/src", allowed: "@registry-cache/core", forbidden: "../../core/src/index.ts" },
  { folder: "plugin/src/command", allowed: "@registry-cache/language-server/node", forbidden: "vscode-jsonrpc" },
  { folder: "plugin/src/certificates", allowed: "@peculiar/x509", forbidden: "@oclif/core" },
  { folder: "plugin/src", allowed: "@oclif/core", forbidden: "yaml" },
  { folder: "plugin/src/print", allowed: "@registry-cache/operations", forbidden: "node:fs" },
  { folder: "plugin/src/host", allowed: "node:fs", forbidden: "@registry-cache/operations" },
  { folder: "extension/src", allowed: "vscode-languageclient/node", forbidden: "@registry-cache/core" },
  { folder: "extension/src/garden", allowed: "@registry-cache/language-server/protocol", forbidden: "vscode-jsonrpc" },
  { folder: "extension/src/server", allowed: "@registry-cache/language-server/node", forbidden: "../activate.ts" },
  { folder: "extension/src/webview", allowed: "./graph.ts", forbidden: "vscode" },
  { folder: "test/cli", allowed: "@registry-cache/core", forbidden: "../../packages/core/src/rules/index.ts" },
];

test("each folder may import what its line in biome.json says, and nothing else", () => {
  for (const file of ["biome.json", ".gitignore"]) cpSync(join(root, file), join(tree, file));
  for (const { folder, allowed, forbidden } of table) {
    write(`${folder}/allowed.ts`, `import "${allowed}";\n`);
    write(`${folder}/forbidden.ts`, `import "${forbidden}";\n`);
    // The way round by a type is the same door.
    write(`${folder}/forbidden-type.ts`, `export type { Thing } from "${forbidden}";\n`);
  }
  const expected = table.flatMap(({ folder }) => [`${folder}/forbidden.ts`, `${folder}/forbidden-type.ts`]);
  expect(refusedFiles()).toEqual(expected.sort());
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), text);
}

function refusedFiles(): string[] {
  const report = biome("lint", "--only=style/noRestrictedImports", "--max-diagnostics=none", "--reporter=github");
  return [...report.matchAll(/^::error .*file=([^,]+),/gm)].map(([, file = ""]) => relative(tree, file)).sort();
}

function biome(...args: readonly string[]): string {
  try {
    return execFileSync(join(root, "node_modules/.bin/biome"), args, { cwd: tree, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
