// Brings the dependencies of the lockfile and the built plugin, each only when something changed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const ourNode = join(root, "node_modules/node/bin/node");
const oldestNode = 20;
const offline =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|error sending request/;

/** What a person can act on: it is shown without a stack. */
export class SetupError extends Error {}

/** The absolute path of a file of this repository. */
export function fromRoot(path) {
  return join(root, path);
}

/** Installs what the lockfile says, unless that is what is installed already. */
export function ensureInstalled() {
  if (Number.parseInt(process.versions.node, 10) < oldestNode) {
    throw new SetupError(`Node ${process.versions.node} is too old, install Node ${oldestNode} or newer`);
  }
  // The stamp lies in node_modules: whoever deletes that folder deletes the stamp with it.
  const stamp = {
    file: fromRoot("node_modules/.installed"),
    text: hash([process.platform, process.arch, ...manifests()]),
  };
  if (isCurrent(stamp)) return;
  const { packageManager } = JSON.parse(readFileSync(fromRoot("package.json"), "utf8"));
  progress(`Installing the dependencies with ${packageManager}, about 20 seconds the first time ...`);
  npm(["exec", "--yes", `--package=${packageManager}`, "--", "pnpm", "install", "--frozen-lockfile"]);
  writeFileSync(stamp.file, stamp.text);
}

/** Builds the plugin, unless its sources are the ones it was built from. */
export function ensureBuilt() {
  ensureMade(
    "plugin",
    ["packages", "plugin", "scripts/build.mjs", "scripts/bundle-plugins.mjs"],
    ["scripts/build.mjs"],
  );
}

/** Builds and packs the VS Code extension, unless its sources are the ones it was built from. */
export function ensureExtensionBuilt() {
  const scripts = ["extension/scripts/build.mjs", "extension/scripts/package.mjs"];
  ensureMade("extension", ["packages", "extension", "CHANGELOG.md", "LICENSE"], scripts);
}

function ensureMade(name, inputs, scripts) {
  const paths = [...inputs, "pnpm-lock.yaml"];
  const stamp = {
    file: fromRoot(`${name}/dist/.built`),
    text: hash(paths.flatMap((it) => fingerprints(fromRoot(it)))),
  };
  if (isCurrent(stamp)) return;
  progress(`Building the ${name} ...`);
  for (const script of scripts) {
    const build = spawnSync(ourNode, ["--conditions=source", fromRoot(script)], { encoding: "utf8" });
    if (build.status !== 0) {
      throw new SetupError(`building the ${name} failed\n${build.stdout}${build.stderr}`.trimEnd());
    }
  }
  writeFileSync(stamp.file, stamp.text);
}

function npm(args) {
  // npm names itself and its Node to the scripts it runs: node_modules/.bin may hold another Node, or half of one.
  const { npm_node_execpath: node, npm_execpath: cli } = process.env;
  const [program, first] = node && cli ? [node, [cli]] : ["npm", []];
  const settings = {
    // `npm start --silent` would hide the reason of a failure.
    npm_config_loglevel: "error",
    // Without a network, npm and pnpm would try again for minutes.
    npm_config_fetch_retries: "1",
    npm_config_fetch_retry_mintimeout: "1000",
    pnpm_config_fetch_retries: "1",
    pnpm_config_fetch_retry_mintimeout: "1000",
    // The version of pnpm is exact: when it is in npm's cache, nothing needs to be asked.
    npm_config_prefer_offline: "true",
  };
  const env = { ...process.env, ...settings };
  const { status, error, stdout, stderr } = spawnSync(program, [...first, ...args], {
    cwd: root,
    env,
    encoding: "utf8",
  });
  if (error) throw new SetupError(`npm cannot be run (${error.message}), install npm next to Node`);
  if (status === 0) return;
  const log = fromRoot(".cache/install.log");
  mkdirSync(dirname(log), { recursive: true });
  writeFileSync(log, stdout + stderr);
  if (offline.test(stdout + stderr)) {
    throw new SetupError(`the npm registry cannot be reached, check the network and npm's proxy settings (see ${log})`);
  }
  const cause = /^.*\bERR_\w+.*$/m.exec(stdout + stderr)?.[0].trim() ?? `exit code ${status}`;
  throw new SetupError(`installing the dependencies failed: ${cause} (see ${log})`);
}

function manifests() {
  const packages = readdirSync(fromRoot("packages")).map((name) => `packages/${name}`);
  return [".", "plugin", "extension", "test", ...packages]
    .map((folder) => fromRoot(`${folder}/package.json`))
    .concat(fromRoot("pnpm-lock.yaml"), fromRoot("pnpm-workspace.yaml"))
    .filter(existsSync)
    .map((file) => readFileSync(file));
}

function fingerprints(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return [`${path} ${stat.size} ${stat.mtimeMs}`];
  return readdirSync(path)
    .filter((name) => !["node_modules", "dist", "docs", "packaged"].includes(name) && !name.endsWith(".test.ts"))
    .flatMap((name) => fingerprints(join(path, name)));
}

function isCurrent({ file, text }) {
  return existsSync(file) && readFileSync(file, "utf8") === text;
}

function hash(parts) {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part).update("\0");
  return sum.digest("hex");
}

function progress(line) {
  process.stderr.write(`${line}\n`);
}
