#!/usr/bin/env node
// The door for everybody who has only git, Node and npm: sets up what is missing, then runs the task.
// Plain JavaScript without dependencies, since it runs before anything is installed.
import { existsSync } from "node:fs";
import { run } from "./process.mjs";
import { ensureBuilt, ensureExtensionBuilt, ensureInstalled, fromRoot, SetupError } from "./setup.mjs";

const node = fromRoot("node_modules/node/bin/node");
const tour = fromRoot("scripts/tour.mjs");
const plugin = fromRoot("plugin/dist/kubectl-registry_cache.js");

const tasks = {
  start: {
    built: true,
    command: (args) => (args.length === 0 && existsSync(tour) ? [tour] : [plugin, ...args]),
    cwd: (args) => (args.length === 0 ? fromRoot(".") : usersDirectory()),
  },
  test: { built: true, extension: true, command: (args) => [fromRoot("scripts/test.mjs"), ...args] },
  "test:cluster": suite("cluster"),
  "test:editor": { ...suite("editor"), extension: true },
  "package:extension": { extension: true, command: () => ["--print", '"extension/packaged/registry-cache.vsix"'] },
  "test:runtime": suite("runtime"),
  "test:sealing": suite("sealing"),
  bench: { built: true, command: (args) => ["--conditions=source", fromRoot("test/bench/main.ts"), ...args] },
};

const [name, ...args] = process.argv.slice(2);

try {
  const task = tasks[name];
  if (!task) throw new SetupError(`unknown task "${name}", known are ${Object.keys(tasks).join(", ")}`);
  ensureInstalled();
  if (task.built) ensureBuilt();
  if (task.extension) ensureExtensionBuilt();
  await run(node, task.command(args), task.cwd?.(args) ?? fromRoot("."));
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`error: ${error.message}\n`);
  process.exitCode = 2;
}

/** A suite that runs real programs, which are brought first. */
function suite(folder) {
  return { built: true, command: () => [fromRoot("scripts/test-suite.mjs"), folder] };
}

/** Where relative paths mean what the user sees. npm moves to its package's root, which may be another's: we may be its hook. */
function usersDirectory() {
  const { INIT_CWD, npm_package_json } = process.env;
  return npm_package_json === fromRoot("package.json") && INIT_CWD ? INIT_CWD : process.cwd();
}
