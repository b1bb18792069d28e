// Bundles the VS Code extension: what runs in the extension host, the server it starts, the page of the graph, and the data
// that it shows without a server. Run with --conditions=source: the data comes from core's sources.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rulePage, rules, schemas } from "@registry-cache/core";
import { build } from "esbuild";
import { keySchema } from "./key-schema.mjs";

const extension = fileURLToPath(new URL("../", import.meta.url));
const dist = `${extension}dist/`;

const settings = {
  absWorkingDir: extension,
  bundle: true,
  minify: true,
  // Names are in stacks, and stacks are in the log.
  keepNames: true,
  conditions: ["source"],
  external: ["vscode"],
  define: { VERSION: JSON.stringify(JSON.parse(readFileSync(`${extension}package.json`)).version) },
  logLevel: "warning",
};
/** Node's of the oldest VS Code that the manifest allows. */
const node = { ...settings, platform: "node", target: "node20", format: "cjs" };
const browser = { ...settings, platform: "browser", target: "es2022", mainFields: ["browser", "module", "main"] };

/** What the client's library is loaded by stays a file of its own. In a page there can be one file only. */
const clientBeside = {
  name: "client beside",
  setup({ onResolve }) {
    onResolve({ filter: /\/client\.ts$/ }, () => ({ path: "./client.cjs", external: true }));
  },
};

/** What asks gardens and registries stays a file of its own, since most sessions never do. */
const operationsBeside = {
  name: "operations beside",
  setup({ onResolve }) {
    onResolve({ filter: /^@registry-cache\/operations$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./operations.cjs", external: true } : undefined,
    );
  },
};

/** Both parts of the desktop's server stand on core, which is most of either. */
const coreBeside = {
  name: "core beside",
  setup({ onResolve }) {
    onResolve({ filter: /^@registry-cache\/core$/ }, ({ kind }) =>
      kind === "entry-point" ? undefined : { path: "./core.cjs", external: true },
    );
  },
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
await Promise.all([
  build({ ...node, entryPoints: ["src/extension.ts"], outfile: "dist/extension.cjs", plugins: [clientBeside] }),
  build({ ...node, entryPoints: ["src/client.ts"], outfile: "dist/client.cjs" }),
  build({ ...browser, format: "cjs", entryPoints: ["src/extension-browser.ts"], outfile: "dist/extension-browser.js" }),
  build({ ...browser, format: "iife", entryPoints: ["src/webview/graph.ts"], outfile: "dist/graph.js" }),
  build({
    ...node,
    entryPoints: ["src/server/node.ts"],
    outfile: "dist/server.cjs",
    plugins: [operationsBeside, coreBeside],
  }),
  build({ ...node, entryPoints: ["src/server/operations.ts"], outfile: "dist/operations.cjs", plugins: [coreBeside] }),
  build({ ...node, entryPoints: ["@registry-cache/core"], outfile: "dist/core.cjs" }),
  build({ ...browser, format: "iife", entryPoints: ["src/server/worker.ts"], outfile: "dist/server-worker.js" }),
]);
writeJson("rules.json", rules.map(rulePageOf));
writeJson("shoot.schema.json", keySchema(schemas));

function rulePageOf(rule) {
  return { code: rule.code, name: rule.name, summary: rule.docs.summary, page: rulePage(rule) };
}

function writeJson(name, value) {
  writeFileSync(dist + name, JSON.stringify(value));
}
