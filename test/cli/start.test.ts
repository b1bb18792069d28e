import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { shoot } from "./manifests.ts";
import { plugin, run, scratch } from "./plugin.ts";

const clean = { code: 0, stdout: "nothing found in 1 file\n", stderr: "" };
const lint = ["lint", "-f", "a.yaml"];

/** A folder with a manifest, and an empty one for the user's cache. */
function place(): { readonly cwd: string; readonly env: { readonly XDG_CACHE_HOME: string }; readonly root: string } {
  const cwd = scratch({ "a.yaml": shoot(), "broken.yaml": "a: [\nkind: Shoot\n" });
  const cache = scratch();
  return { cwd, env: { XDG_CACHE_HOME: cache }, root: join(cache, "kubectl-registry-cache") };
}

/** The files of the only folder of code, and their names without the marks of the build. */
function codeIn(root: string): {
  readonly folder: string;
  readonly names: readonly string[];
  readonly chunks: readonly string[];
} {
  const [name = "", ...others] = readdirSync(root);
  expect(others).toEqual([]);
  const folder = join(root, name);
  const names = readdirSync(folder).sort();
  return { folder, names, chunks: names.map((it) => it.replace(/-\w+\.js$/, "")).filter((it) => it !== "chunk") };
}

test("--version, --help and completion load nothing but themselves", () => {
  const { cwd, env, root } = place();
  for (const args of [["--version"], ["--help"], [], ["__complete", "lint", "--"], ["nonsense"]])
    run(args, { cwd, env });
  expect(existsSync(root)).toBe(false);
});

test("what every start reads holds no rule and no format", () => {
  const entry = readFileSync(plugin, "utf8");
  expect(["reference-unresolved", "partialFingerprints", "</testsuites>"].filter((it) => entry.includes(it))).toEqual(
    [],
  );
});

test("a check loads one file, which holds nothing of gardens, runtimes, registries and editors", () => {
  const { cwd, env, root } = place();
  expect(run(lint, { cwd, env })).toEqual(clean);
  expect(codeIn(root).names.map((it) => it.replace(/-\w+\.js$/, ""))).toEqual(["run-lint"]);
  const lib = join(dirname(plugin), "lib");
  const [loaded = "", ...others] = readdirSync(lib)
    .sort((a, b) => Number(b.startsWith("run-lint-")) - Number(a.startsWith("run-lint-")))
    .map((it) => readFileSync(join(lib, it), "utf8"));
  const marks = ["KUBERNETES_EXEC_INFO", "volumeClaimTemplates", "www-authenticate", "insertText", "labelSpan"];
  const places = marks.map((mark) => [mark, loaded.includes(mark), others.some((it) => it.includes(mark))]);
  expect(places).toEqual(marks.map((mark) => [mark, false, true]));
});

test("lint loads neither the framework nor what reads broken texts nor the diff", () => {
  const { cwd, env, root } = place();
  expect(run(lint, { cwd, env })).toEqual(clean);
  expect(codeIn(root).chunks).toEqual(["run-lint"]);
  expect(run(["lint", "-f", "broken.yaml", "-q"], { cwd, env })).toMatchObject({ code: 1, stderr: "" });
  run(["lint", "-f", "a.yaml", "--diff"], { cwd, env });
  run(["lint", "--help"], { cwd, env });
  const chunks = new Set(codeIn(root).chunks);
  expect(["diff", "oclif", "yaml"].filter((it) => !chunks.has(it))).toEqual([]);
});

test("status has asked before it loads the rules, which the garden's answer takes long enough for", () => {
  const { cwd, env, root } = place();
  const server = "http://127.0.0.1:1";
  expect(run(["status", "-A", "--server", server], { cwd, env })).toMatchObject({ code: 3 });
  const lib = join(dirname(plugin), "lib");
  const hasRules = (name: string): boolean => readFileSync(join(lib, name), "utf8").includes("checkReference");
  const loaded = codeIn(root).names;
  expect([loaded.filter(hasRules), loaded.length > 1, readdirSync(lib).some(hasRules)]).toEqual([[], true, true]);
});

test("the code cache is the user's own, and is not written again", () => {
  const { cwd, env, root } = place();
  run(lint, { cwd, env });
  const { folder, names } = codeIn(root);
  const modes = [root, folder, ...names.map((it) => join(folder, it))].map((it) => statSync(it).mode & 0o777);
  expect(modes).toEqual([0o700, 0o700, ...names.map(() => 0o600)]);
  const times = names.map((it) => statSync(join(folder, it)).mtimeMs);
  expect(run(lint, { cwd, env })).toEqual(clean);
  expect(names.map((it) => statSync(join(folder, it)).mtimeMs)).toEqual(times);
});

test.each([
  ["empty", () => Buffer.alloc(0)],
  ["cut", (data: Buffer) => data.subarray(0, data.length / 3)],
  ["zeros", (data: Buffer) => Buffer.alloc(data.length)],
  [
    "a damaged byte",
    (data: Buffer) => data.fill((data[data.length >> 2] ?? 0) ^ 0xff, data.length >> 2, (data.length >> 2) + 1),
  ],
  ["text", () => Buffer.from("no code ".repeat(1000))],
] as const)("a code cache that is %s is replaced", (_, damage) => {
  const { cwd, env, root } = place();
  run(lint, { cwd, env });
  const { folder, names } = codeIn(root);
  for (const name of names) writeFileSync(join(folder, name), damage(readFileSync(join(folder, name))));
  const damaged = names.map((it) => readFileSync(join(folder, it)));
  expect(run(lint, { cwd, env })).toEqual(clean);
  expect(names.filter((it, index) => damaged[index]?.equals(readFileSync(join(folder, it))))).toEqual([]);
});

test("code that others could have written is not run but replaced", () => {
  const { cwd, env, root } = place();
  run(lint, { cwd, env });
  const { folder, names } = codeIn(root);
  for (const name of names) chmodSync(join(folder, name), 0o666);
  expect(run(lint, { cwd, env })).toEqual(clean);
  expect(names.map((it) => statSync(join(folder, it)).mode & 0o777)).toEqual(names.map(() => 0o600));
});

test("the code of the last four builds and versions of Node is kept", () => {
  const { cwd, env, root } = place();
  for (const old of ["1", "2", "3", "4", "5", "6"])
    mkdirSync(join(root, `${old}-v22.0.0-${process.arch}`), { recursive: true });
  // What else is kept there is not code, and stays.
  mkdirSync(join(root, "schemas"));
  run(lint, { cwd, env });
  expect(readdirSync(root).filter((it) => it.endsWith(process.arch)).length).toBe(4);
  expect(readdirSync(root)).toContain("schemas");
});

test.each([
  ["a cache folder that is a file", { XDG_CACHE_HOME: "/dev/null" }],
  ["no home", { XDG_CACHE_HOME: "", HOME: "/nonexistent/home" }],
  ["Node's own switch", { NODE_DISABLE_COMPILE_CACHE: "1" }],
])("works with %s", (_, env) => {
  const { cwd, root, env: own } = place();
  for (let round = 0; round < 2; round += 1) expect(run(lint, { cwd, env: { ...own, ...env } })).toEqual(clean);
  expect(existsSync(root)).toBe(false);
});

test("two that start at once fill the cache in peace", () => {
  const { cwd, env, root } = place();
  const start = `"${process.execPath}" "${plugin}" lint -f a.yaml`;
  const { stdout } = spawnSync("sh", ["-c", `${start} & ${start} & ${start} & wait`], {
    cwd,
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  expect(stdout).toBe(clean.stdout.repeat(3));
  expect(codeIn(root).names.filter((it) => !it.endsWith(".js"))).toEqual([]);
});
