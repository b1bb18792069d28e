// Bundles the plugin into two files that need nothing but Node: no node_modules at run time.
import { chmodSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const plugin = fileURLToPath(new URL("../plugin/", import.meta.url));
const programs = {
  "src/main.ts": "kubectl-registry_cache.js",
  "src/complete.ts": "kubectl_complete-registry_cache.js",
};

mkdirSync(`${plugin}dist`, { recursive: true });
// The bundles are CommonJS, which loads faster than ESM, in a package that is ESM.
writeFileSync(`${plugin}dist/package.json`, `${JSON.stringify({ type: "commonjs" })}\n`);
for (const [source, target] of Object.entries(programs)) {
  // esbuild has printed what is wrong by then; its stack would only hide it.
  await bundle(source, `${plugin}dist/${target}`).catch(() => process.exit(1));
}

async function bundle(source, target) {
  // Written beside and renamed, so that a plugin that starts meanwhile never reads half a file.
  const unfinished = `${target}.${process.pid}`;
  await build({
    absWorkingDir: plugin,
    entryPoints: [source],
    outfile: unfinished,
    bundle: true,
    platform: "node",
    // kubectl starts the plugin with the Node of the user's machine, which may still be 20.
    target: "node20",
    format: "cjs",
    conditions: ["source"],
    banner: { js: "#!/usr/bin/env node" },
    logLevel: "warning",
  });
  chmodSync(unfinished, 0o755);
  renameSync(unfinished, target);
}
