// The configuration of VS Code's own test runner: `vscode-test --config test/editor/suite.config.mjs`.
// It downloads VS Code, or takes the host that VSCODE_EXECUTABLE names, such as host/code-shim.ts.
import { cpSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "@vscode/test-cli";
import { build } from "esbuild";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const executable = process.env.VSCODE_EXECUTABLE;
const report = process.env.SUITE_REPORT;
const workspaceFolder = path("dist/garden/");
const extensions = path("dist/extensions/");
const suite = path("dist/suite/");

// The suite edits and saves: it gets a copy.
rmSync(workspaceFolder, { recursive: true, force: true });
cpSync(path("fixtures/garden/"), workspaceFolder, { recursive: true });

// A stand-in for the extension that ours must get along with: a folder that VS Code finds when it looks for the first time.
rmSync(extensions, { recursive: true, force: true });
cpSync(path("fixtures/yaml-extension/"), `${extensions}redhat.vscode-yaml-0.0.0/`, { recursive: true });

// The extension host takes CommonJS only, so the suite is bundled like the extension.
rmSync(suite, { recursive: true, force: true });
await build({
  entryPoints: [path("suite/*.suite.ts")],
  outdir: suite,
  outExtension: { ".js": ".cjs" },
  bundle: true,
  sourcemap: "inline",
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
  logLevel: "warning",
});

export default defineConfig({
  files: "dist/suite/*.cjs",
  workspaceFolder,
  extensionDevelopmentPath: path("../../extension/packaged/extension/"),
  launchArgs: [`--extensions-dir=${extensions}`, `--user-data-dir=${path("dist/user-data/")}`],
  ...(executable ? { useInstallation: { fromPath: executable } } : {}),
  mocha: {
    ui: "tdd",
    timeout: 30_000,
    ...(report ? { reporter: "json", reporterOptions: { output: report } } : {}),
  },
});
