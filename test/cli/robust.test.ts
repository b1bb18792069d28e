import { spawn, spawnSync } from "node:child_process";
import { closeSync, ftruncateSync, openSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lacks, makePipe, pipes } from "@registry-cache/testkit";
import { expect, test } from "vitest";
import { shoot } from "./manifests.ts";
import { cleanEnvironment, plugin, run, scratch } from "./plugin.ts";

const wrong = shoot({ reference: "x" });

/** Runs lint -R in a directory: the exit code, the files with findings, and what was told. */
function lint(cwd: string, before?: string): { code: unknown; found: string[]; problems: string[] } {
  const { code, stdout, stderr } = run(["lint", "-q", "-R", "-f", "."], { cwd, ...(before ? { before } : {}) });
  const lines = (text: string): string[] => text.split("\n").filter((it) => it !== "");
  return { code, found: lines(stdout).map((it) => it.split(":")[0] ?? ""), problems: lines(stderr) };
}

test("loops of links, dead links and directories called like manifests are told, and the rest is checked", () => {
  const cwd = scratch({ "a.yaml": wrong, "dir.yaml/b.yaml": wrong, "z/c.yaml": wrong });
  symlinkSync("..", join(cwd, "z/up"));
  symlinkSync("loop.yaml", join(cwd, "loop.yaml"));
  symlinkSync("gone", join(cwd, "dead.yaml"));
  expect(lint(cwd)).toEqual({
    code: 2,
    found: ["a.yaml", "dir.yaml/b.yaml", "z/c.yaml"],
    problems: ["error: dead.yaml: no such file or directory", "error: loop.yaml: too many levels of symbolic links"],
  });
});

test.skipIf(lacks(pipes, "lint beside a pipe"))("a pipe is told, and the rest is checked", () => {
  const cwd = scratch({ "a.yaml": wrong });
  makePipe(join(cwd, "pipe.yaml"));
  expect(lint(cwd)).toEqual({
    code: 2,
    found: ["a.yaml"],
    problems: ["error: pipe.yaml: is a pipe and not a file, use -f - to read what another program writes"],
  });
});

test("a file that vanishes between listing and reading is told, and the rest is checked", () => {
  const cwd = scratch({ "a.yaml": wrong, "b.yaml": wrong, "c.yaml": wrong });
  const before = `
    const fs = require("node:fs");
    const { openSync } = fs;
    fs.openSync = (path, ...rest) => {
      if (String(path) === "b.yaml") fs.rmSync(path, { force: true });
      return openSync(path, ...rest);
    };`;
  expect(lint(cwd, before)).toEqual({
    code: 2,
    found: ["a.yaml", "c.yaml"],
    problems: ["error: b.yaml: vanished after it was found"],
  });
});

test("a file that changes between reading and showing is told instead of shown wrongly", () => {
  const cwd = scratch({ "a.yaml": wrong, "b.yaml": wrong });
  const before = `
    const fs = require("node:fs");
    const { openSync } = fs;
    let opened = 0;
    fs.openSync = (path, ...rest) => {
      if (String(path) === "a.yaml" && ++opened === 2) fs.appendFileSync(path, "# changed");
      return openSync(path, ...rest);
    };`;
  expect(lint(cwd, before)).toEqual({
    code: 2,
    found: ["b.yaml"],
    problems: ["error: a.yaml: changed while it was checked, run again"],
  });
});

test("a file that cannot be read is told, and the rest is checked", () => {
  const cwd = scratch({ "a.yaml": wrong, "b.yaml": wrong, "d/c.yaml": wrong });
  // For root, who runs tests in containers, no mode refuses anything.
  const before = `
    const fs = require("node:fs");
    const refuse = (real, name) => (path, ...rest) => {
      if (String(path).endsWith(name)) throw Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" });
      return real(path, ...rest);
    };
    fs.openSync = refuse(fs.openSync, "b.yaml");
    fs.readdirSync = refuse(fs.readdirSync, "/d");`;
  expect(lint(cwd, before)).toEqual({
    code: 2,
    found: ["a.yaml"],
    problems: ["error: d: permission denied", "error: b.yaml: permission denied"],
  });
});

test("a file of 50 MB is told, and the rest is checked", () => {
  const cwd = scratch({ "b.yaml": wrong });
  const file = openSync(join(cwd, "a.yaml"), "w");
  ftruncateSync(file, 50 * 1024 * 1024);
  closeSync(file);
  expect(lint(cwd)).toEqual({
    code: 2,
    found: ["b.yaml"],
    problems: ["error: a.yaml: is larger than 32 MiB, too large for a manifest"],
  });
});

test("endless input is refused and not awaited", () => {
  const zeros = openSync("/dev/zero", "r");
  const { status, stderr } = spawnSync(process.execPath, [plugin, "lint", "-f", "-"], {
    env: cleanEnvironment(),
    stdio: [zeros, "pipe", "pipe"],
    timeout: 20_000,
  });
  closeSync(zeros);
  expect([status, stderr.toString()]).toEqual([2, "error: <stdin>: is larger than 32 MiB, too large for a manifest\n"]);
});

test.each([
  ["NUL bytes", "kind: Shoot\nspec: a\0b\n", "RC001"],
  ["deep nesting", `kind: Shoot\nspec: ${"[".repeat(100_000)}`, "RC004"],
  ["a flood of errors", `kind: Shoot\n${"}{:[\n".repeat(10_000)}`, "RC001"],
  ["invalid UTF-8", Buffer.concat([Buffer.from(shoot()), Buffer.from([0x23, 0xff, 0xfe])]), "RC006"],
])("%s: one clear finding, and the rest is checked", (_, text, code) => {
  const cwd = scratch({ "a.yaml": text, "b.yaml": wrong });
  const { findings, summary } = JSON.parse(run(["lint", "-f", ".", "-o", "json"], { cwd }).stdout);
  const short = findings.map(({ file, code: it }: { file: string; code: string }) => `${file} ${it}`);
  expect([short, summary.problems]).toEqual([[`a.yaml ${code}`, "b.yaml RC201"], []]);
});

test("an alias bomb is told in time", () => {
  const bomb = ["a: &a [x, x]"];
  for (let at = 1; at < 30; at += 1)
    bomb.push(`${at}: &n${at} [*${at === 1 ? "a" : `n${at - 1}`}, *${at === 1 ? "a" : `n${at - 1}`}]`);
  const cwd = scratch({ "a.yaml": `kind: Secret\n${bomb.join("\n")}\n`, "b.yaml": wrong });
  const { findings } = JSON.parse(run(["lint", "-f", ".", "-o", "json"], { cwd }).stdout);
  expect(findings.map((it: { code: string }) => it.code)).toEqual(["RC004", "RC201"]);
});

test("a reader who has seen enough is no error", async () => {
  const files = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`${index}.yaml`, wrong]));
  const child = spawn(process.execPath, [plugin, "lint", "-f", "."], { cwd: scratch(files), env: cleanEnvironment() });
  const ended = new Promise<unknown>((resolve) => child.on("close", (code, signal) => resolve(code ?? signal)));
  let told = "";
  child.stderr.on("data", (text) => {
    told += text;
  });
  child.stdout.once("data", () => child.stdout.destroy());
  expect([await ended, told]).toEqual([1, ""]);
});

test("Ctrl-C ends a run at once, with the code of the signal", async () => {
  const cwd = scratch();
  const child = spawn(process.execPath, [plugin, "lint", "-f", "-"], {
    cwd,
    env: cleanEnvironment(),
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = new Promise<unknown>((resolve) => child.on("close", (code, signal) => resolve(code ?? signal)));
  setTimeout(() => child.kill("SIGINT"), 500);
  expect(await ended).toBe("SIGINT");
});

test("a directory that holds nothing of ours is clean", () => {
  const cwd = scratch({ "a.yaml": "kind: Deployment\n", "b.json": "[1, 2" });
  expect(run(["lint", "-f", "."], { cwd })).toEqual({ code: 0, stdout: "nothing found in 2 files\n", stderr: "" });
  writeFileSync(join(cwd, "c.txt"), "");
  expect(run(["lint", "-f", "c.txt"], { cwd })).toEqual({ code: 0, stdout: "nothing found in 1 file\n", stderr: "" });
});
