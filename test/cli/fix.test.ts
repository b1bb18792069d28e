import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { secret, shoot } from "./manifests.ts";
import { type Run, run, scratch } from "./plugin.ts";

const wrong = shoot({ remote: "remoteUrl" });
const right = shoot();

function fix(cwd: string, before?: string): Run {
  return run(["lint", "-f", ".", "--fix"], { cwd, ...(before ? { before } : {}) });
}

function text(cwd: string, name: string): string {
  return readFileSync(join(cwd, name), "utf8");
}

/** A program that makes one call of the system do something else for the file that is being replaced. */
function instead(call: string, action: string): string {
  return `
    const fs = require("node:fs");
    const real = fs.${call};
    fs.${call} = (...args) => { ${action} return real(...args); };`;
}

test("writes what is certain, says so, and changes nothing the second time", () => {
  const cwd = scratch({ "a.yaml": wrong, "b.yaml": right });
  expect(fix(cwd)).toEqual({ code: 0, stdout: "fixed 1 finding; nothing found in 2 files\n", stderr: "" });
  expect([text(cwd, "a.yaml"), text(cwd, "b.yaml")]).toEqual([right, right]);
  const times = readdirSync(cwd).map((it) => statSync(join(cwd, it)).mtimeMs);
  expect(fix(cwd)).toEqual({ code: 0, stdout: "nothing found in 2 files\n", stderr: "" });
  expect(readdirSync(cwd).map((it) => statSync(join(cwd, it)).mtimeMs)).toEqual(times);
});

test("a diff alone writes nothing and shows what a fix would", async () => {
  const cwd = scratch({ "a.yaml": wrong, "s.yaml": secret('"invented\\n"'), "b.yaml": right });
  const { code, stdout, stderr } = run(["lint", "-f", ".", "--diff"], { cwd });
  expect([code, stderr]).toEqual([1, ""]);
  await expect(stdout).toMatchFileSnapshot("fixtures/fixes.diff");
  expect([text(cwd, "a.yaml"), text(cwd, "s.yaml")]).toEqual([wrong, secret('"invented\\n"')]);
});

test("a diff with the fixes shows them and what is left", () => {
  const cwd = scratch({ "a.yaml": wrong, "x.yaml": shoot({ name: "other", reference: "nope" }) });
  const { code, stdout } = run(["lint", "-f", ".", "--diff", "--fix"], { cwd });
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^--- a\.yaml\n\+\+\+ a\.yaml\n@@ .*\n(.*\n)*- {2,}remoteUrl: .*\n\+ {2,}remoteURL: .*\n(.*\n)*x\.yaml:15:30 {2}error {2}RC201 /,
  );
  expect(stdout).toContain("fixed 1 finding; 1 error in 1 of 2 files\n");
  expect(text(cwd, "a.yaml")).toBe(right);
});

test("a diff of standard input is shown", () => {
  const { stdout } = run(["lint", "-f", "-", "--diff"], { input: wrong });
  expect(stdout).toContain("--- <stdin>\n+++ <stdin>\n");
});

test("keeps mode, link, byte order mark and line ends", () => {
  const windows = `\ufeff${wrong.replaceAll("\n", "\r\n")}`;
  const cwd = scratch({ "real/a.yaml": windows });
  chmodSync(join(cwd, "real/a.yaml"), 0o640);
  symlinkSync("real/a.yaml", join(cwd, "a.yaml"));
  expect(fix(cwd).code).toBe(0);
  expect(lstatSync(join(cwd, "a.yaml")).isSymbolicLink()).toBe(true);
  expect(statSync(join(cwd, "real/a.yaml")).mode & 0o777).toBe(0o640);
  expect(text(cwd, "real/a.yaml")).toBe(`\ufeff${right.replaceAll("\n", "\r\n")}`);
  expect(readdirSync(join(cwd, "real"))).toEqual(["a.yaml"]);
});

test.each(["openSync", "writeFileSync", "fsyncSync", "renameSync"])(
  "killed at %s it leaves the whole old file",
  (call) => {
    const cwd = scratch({ "a.yaml": wrong });
    const atFix = call === "openSync" ? 'if (args[1] === "wx")' : "";
    expect(fix(cwd, instead(call, `${atFix} process.kill(process.pid, "SIGKILL");`)).code).toBe("SIGKILL");
    expect(text(cwd, "a.yaml")).toBe(wrong);
    // Whatever was left beside it is no manifest, and stands in nobody's way.
    expect(fix(cwd)).toEqual({ code: 0, stdout: "fixed 1 finding; nothing found in 1 file\n", stderr: "" });
    expect(text(cwd, "a.yaml")).toBe(right);
  },
);

test("Ctrl-C while it writes lets the file be finished and leaves nothing beside it", () => {
  const cwd = scratch({ "a.yaml": wrong, "b.yaml": wrong });
  const once = 'if (!globalThis.done) { globalThis.done = true; process.kill(process.pid, "SIGINT"); }';
  expect(fix(cwd, instead("fsyncSync", once)).code).toBe("SIGINT");
  expect([text(cwd, "a.yaml"), text(cwd, "b.yaml"), readdirSync(cwd)]).toEqual([right, wrong, ["a.yaml", "b.yaml"]]);
});

test("does not touch a file that changed since it was read, and fixes the rest", () => {
  const cwd = scratch({ "a.yaml": wrong, "b.yaml": wrong });
  const change =
    'if (!globalThis.done) { globalThis.done = true; fs.writeFileSync("a.yaml", "kind: Shoot # by hand\\n"); }';
  const { code, stdout, stderr } = fix(cwd, instead("fsyncSync", change));
  expect([code, stderr]).toEqual([2, "error: a.yaml: changed since it was read, not touched\n"]);
  expect(stdout).toContain("fixed 1 finding; ");
  expect([text(cwd, "a.yaml"), text(cwd, "b.yaml")]).toEqual(["kind: Shoot # by hand\n", right]);
  expect(readdirSync(cwd)).toEqual(["a.yaml", "b.yaml"]);
});

test.each([
  [
    "openSync",
    'if (args[1] === "wx") throw Object.assign(new Error(), { code: "EACCES" });',
    "its directory takes no new file (permission denied)",
  ],
  ["writeFileSync", 'throw Object.assign(new Error(), { code: "ENOSPC" });', "no space left on the disk"],
  ["renameSync", 'throw Object.assign(new Error(), { code: "EBUSY" });', "it is in use"],
])("when %s is refused, the file stays, nothing is left and its findings are told", (call, action, reason) => {
  const cwd = scratch({ "a.yaml": wrong });
  const { code, stdout, stderr } = fix(cwd, instead(call, action));
  expect([code, stderr]).toEqual([2, `error: a.yaml: cannot be written: ${reason}\n`]);
  expect(stdout).toContain("a.yaml:14:9  error  RC010");
  expect(stdout).toContain("\n1 error in 1 of 1 file; 1 can be fixed with --fix\n");
  expect([text(cwd, "a.yaml"), readdirSync(cwd)]).toEqual([wrong, ["a.yaml"]]);
});

test("a read-only directory is told to a user whom it refuses", () => {
  const cwd = scratch({ "d/a.yaml": wrong });
  chmodSync(cwd, 0o755);
  chmodSync(join(cwd, "d"), 0o555);
  // Root is refused nothing: it becomes nobody, once the program is loaded.
  const nobody = "if (process.getuid() === 0) setImmediate(() => 0), process.setegid(65534), process.seteuid(65534);";
  const before = `const { basename } = require("node:path"); const load = require("node:module")._extensions[".js"];
    require("node:module")._extensions[".js"] = (module, file) => {
      if (!basename(file).startsWith("kubectl-")) return load(module, file);
      const text = require("node:fs").readFileSync(file, "utf8").replace(/^#!.*/, "");
      ${nobody}
      module._compile(text, file);
    };`;
  const { code, stderr } = run(["lint", "-f", "d", "--fix"], { cwd, before });
  chmodSync(join(cwd, "d"), 0o755);
  expect([code, stderr]).toEqual([
    2,
    "error: d/a.yaml: cannot be written: its directory takes no new file (permission denied)\n",
  ]);
  expect([text(cwd, "d/a.yaml"), readdirSync(join(cwd, "d"))]).toEqual([wrong, ["a.yaml"]]);
});

test("fixes a Secret and a Shoot of different files in one run", () => {
  const cwd = scratch({ "a.yaml": wrong, "s.yaml": secret('"invented\\n"') });
  expect(fix(cwd)).toMatchObject({ code: 0, stderr: "" });
  expect(text(cwd, "s.yaml")).toContain("immutable: true");
  expect(text(cwd, "s.yaml")).not.toContain("\\n");
});

test("reports a Secret's fixed file as it is when another file takes its place", () => {
  const cwd = scratch({ "a.yaml": wrong });
  mkdirSync(join(cwd, "later"));
  const swap = 'if (!globalThis.done) { globalThis.done = true; fs.rmSync("a.yaml"); }';
  expect(fix(cwd, instead("fsyncSync", swap))).toMatchObject({
    code: 2,
    stderr: "error: a.yaml: changed since it was read, not touched\n",
  });
  expect(readdirSync(cwd)).toEqual(["later"]);
  writeFileSync(join(cwd, "a.yaml"), wrong);
});
