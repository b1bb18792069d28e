// Bundles the plugin into files that need nothing but Node: no node_modules at run time.
// Two small executables load chunks from lib/ as they are needed; each import() in the sources makes a chunk.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { chunkImports, directImports, lazyModules } from "./bundle-plugins.mjs";

const plugin = fileURLToPath(new URL("../plugin/", import.meta.url));
const core = fileURLToPath(new URL("../packages/core/", import.meta.url));
const packages = ["core", "files", "garden", "language-server", "operations", "runtime", "upstream"].map((it) => ({
  name: `@registry-cache/${it}`,
  index: fileURLToPath(new URL(`../packages/${it}/src/index.ts`, import.meta.url)),
}));
const dist = `${plugin}dist/`;
const programs = {
  "src/main.ts": "kubectl-registry_cache.js",
  "src/complete.ts": "kubectl_complete-registry_cache.js",
};
/** This one holds all chunks that it needs, which are there for others, too: to open some fifty files takes as long as to check one. */
const packed = "src/run-lint.ts";
/** Parts of Node that take milliseconds to load, and are rarely needed. */
const slowModules = ["node:child_process", "node:crypto", "node:v8", "crypto"];

/** Less to read is faster to start; names stay, for the sake of stacks. */
const minified = { minifyWhitespace: true, minifySyntax: true };

const settings = {
  ...minified,
  absWorkingDir: plugin,
  platform: "node",
  // kubectl starts the plugin with the Node of the user's machine, which may still be 20.
  target: "node20",
  // The bundles are CommonJS, which loads faster than ESM, in a package that is ESM.
  format: "cjs",
  conditions: ["source"],
  supported: { "dynamic-import": false },
  loader: { ".bash": "text", ".zsh": "text", ".fish": "text", ".ps1": "text" },
  bundle: true,
  write: false,
  logLevel: "warning",
};

mkdirSync(`${dist}lib`, { recursive: true });
// esbuild has printed what is wrong by then; its stack would only hide it.
await buildAll().catch((error) => {
  if (error.errors === undefined) throw error;
  process.exitCode = 1;
});

async function buildAll() {
  const library = await bundleLibrary("yaml");
  const chunks = [library, ...(await bundleChunks(library))];
  for (const { name, text } of chunks) put(`lib/${name}`, text);
  for (const [source, file] of Object.entries(programs)) put(file, await bundleProgram(source, chunks), 0o755);
  put("package.json", `${JSON.stringify({ type: "commonjs" })}\n`);
  const stale = readdirSync(`${dist}lib`).filter((name) => !chunks.some((it) => it.name === name));
  for (const name of stale) rmSync(`${dist}lib/${name}`, { recursive: true });
}

async function bundleLibrary(module) {
  const stdin = { contents: `module.exports = require("${module}");`, resolveDir: core };
  const { outputFiles } = await build({ ...settings, stdin });
  const text = asFunction(outputFiles[0].text);
  return { name: `${module}-${hash(text)}.js`, text, names: namesOf(module) };
}

function namesOf(module) {
  return Object.keys(createRequire(`${core}package.json`)(module));
}

/** esbuild splits ESM only, so it splits first and makes CommonJS of each chunk then. */
async function bundleChunks(library) {
  const lazy = new Map([["yaml", { module: `./${library.name}`, names: library.names }]]);
  for (const module of slowModules) lazy.set(module, { module, names: namesOf(module) });
  const { outputFiles, metafile } = await build({
    ...settings,
    entryPoints: Object.keys(programs),
    outdir: "lib",
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    splitting: true,
    format: "esm",
    supported: {},
    metafile: true,
    plugins: [lazyModules(lazy), directImports(packages)],
  });
  const outputs = Object.entries(metafile.outputs).filter(([, it]) => programs[it.entryPoint] === undefined);
  const { platform, target, format, supported } = settings;
  const chunks = await Promise.all(
    outputs.map(async ([path, { entryPoint }]) => {
      const { text } = outputFiles.find((it) => it.path === plugin + path);
      const { code } = await transform(text, { platform, target, format, supported, ...minified });
      return { name: basename(path), path, code, source: entryPoint };
    }),
  );
  return chunks.map(({ name, path, code, source }) => {
    const parts = source === packed ? partsOf(path, metafile.outputs, chunks) : [];
    return { name, source, text: asFunction([...parts.map(asPart), code].join("\n")) };
  });
}

/** The chunks that a chunk cannot run without. */
function partsOf(path, outputs, chunks) {
  const needed = new Set();
  const visit = (from) => {
    for (const { path: to, kind } of outputs[from].imports) {
      if (kind !== "import-statement" || outputs[to] === undefined || needed.has(to)) continue;
      needed.add(to);
      visit(to);
    }
  };
  visit(path);
  return chunks.filter((it) => needed.has(it.path));
}

/** A chunk within another, for the loader to run when it is asked for. */
function asPart({ name, code }) {
  return `require.provide(${JSON.stringify(`./${name}`)}, ${asFunction(code)});`;
}

async function bundleProgram(source, chunks) {
  const bySource = new Map(chunks.flatMap((it) => (it.source ? [[basename(it.source), it.name]] : [])));
  const { outputFiles } = await build({
    ...settings,
    entryPoints: [source],
    banner: { js: "#!/usr/bin/env node" },
    define: { BUILD: `"${hash(chunks.map((it) => it.name + it.text).join("\0"))}"` },
    plugins: [chunkImports(bySource, "./src/host/load-chunk.ts")],
  });
  return outputFiles[0].text;
}

/** A chunk as its loader takes it; a copy made at each start would cost more than the loader itself. */
function asFunction(code) {
  return `(function (exports, require, module, __filename, __dirname) { ${code}\n})`;
}

/** Written beside and renamed, so that a plugin that starts meanwhile never reads half a file. */
function put(name, text, mode = 0o644) {
  const unfinished = `${dist}${name}.${process.pid}`;
  writeFileSync(unfinished, text, { mode });
  renameSync(unfinished, dist + name);
}

function hash(text) {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
