import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { lacks, makePipe, makeScratch, pipes } from "@registry-cache/testkit";
import { expect, onTestFinished, test } from "vitest";
import { listSources } from "./list-sources.ts";
import { relativePath } from "./source.ts";

function scratch(files: { readonly [path: string]: string } = {}): string {
  const root = makeScratch(files);
  onTestFinished(() => rmSync(root, { recursive: true }));
  return root;
}

/** What is found below a root, as paths from there, and the problems as `path: message`. */
function list(root: string, names: readonly string[], recursive = false): { found: string[]; problems: string[] } {
  const { sources, problems } = listSources(
    names.map((it) => (it === "-" ? it : join(root, it))),
    { recursive },
  );
  const short = (path: string): string => path.replace(`${root}/`, "");
  return {
    found: sources.map((it) => short(it.uri)),
    problems: problems.map((it) => `${short(it.file)}: ${it.message}`),
  };
}

test("reads of a directory the .yaml, .yml and .json files directly in it, sorted", () => {
  const root = scratch({ "d/b.yml": "", "d/a.yaml": "", "d/c.json": "", "d/d.txt": "", "d/e/f.yaml": "" });
  expect(list(root, ["d"])).toEqual({ found: ["d/a.yaml", "d/b.yml", "d/c.json"], problems: [] });
});

test("reads all folders when asked to, except those of Git and npm", () => {
  const root = scratch({
    "d/b.yaml": "",
    "d/a/c.yaml": "",
    "d/.git/x.yaml": "",
    "d/node_modules/x.yaml": "",
    "d/.h/y.yaml": "",
  });
  expect(list(root, ["d"], true)).toEqual({ found: ["d/.h/y.yaml", "d/a/c.yaml", "d/b.yaml"], problems: [] });
});

test("reads a file that is named whatever its name", () => {
  const root = scratch({ "shoot.txt": "" });
  expect(list(root, ["shoot.txt"])).toEqual({ found: ["shoot.txt"], problems: [] });
});

test("reads a file once however often and by whatever way it is named", () => {
  const root = scratch({ "d/a.yaml": "", "d/b.yaml": "" });
  symlinkSync("a.yaml", join(root, "d/z.yaml"));
  symlinkSync("d", join(root, "e"));
  expect(list(root, ["d/b.yaml", "d", "d/./a.yaml", "e", "e/b.yaml", "-", "-"]).found).toEqual([
    "d/b.yaml",
    "d/a.yaml",
    "<stdin>",
  ]);
});

test("takes a directory whose files were all named before for what it is", () => {
  const root = scratch({ "d/a.yaml": "" });
  expect(list(root, ["d/a.yaml", "d"])).toEqual({ found: ["d/a.yaml"], problems: [] });
});

test("follows links to files and directories, and ends where they form a loop", () => {
  const root = scratch({ "other/a.yaml": "", "d/b/c.yaml": "" });
  symlinkSync("../other/a.yaml", join(root, "d/link.yaml"));
  symlinkSync("..", join(root, "d/b/up"));
  symlinkSync("../../other", join(root, "d/b/other"));
  expect(list(root, ["d"], true)).toEqual({ found: ["d/b/c.yaml", "d/b/other/a.yaml"], problems: [] });
});

test("tells of links that lead nowhere or to themselves, and reads the rest", () => {
  const root = scratch({ "d/a.yaml": "" });
  symlinkSync("gone.yaml", join(root, "d/b.yaml"));
  symlinkSync("c.yaml", join(root, "d/c.yaml"));
  symlinkSync("nowhere", join(root, "d/folder"));
  expect(list(root, ["d"], true)).toEqual({
    found: ["d/a.yaml"],
    problems: ["d/b.yaml: no such file or directory", "d/c.yaml: too many levels of symbolic links"],
  });
});

test.skipIf(lacks(pipes, "a pipe among the manifests"))("refuses a pipe", () => {
  const root = scratch({ "d/a.yaml": "" });
  makePipe(join(root, "d/p.yaml"));
  expect(list(root, ["d"])).toEqual({
    found: ["d/a.yaml"],
    problems: ["d/p.yaml: is a pipe and not a file, use -f - to read what another program writes"],
  });
});

test("refuses a device", () => {
  expect(listSources(["/dev/null"], { recursive: false }).problems).toEqual([
    { file: "/dev/null", message: "is a device and not a file" },
  ]);
});

test("tells of names that lead nowhere, of addresses, and of directories without manifests", () => {
  const root = scratch({ "d/e/a.yaml": "" });
  mkdirSync(join(root, "empty"));
  expect(list(root, ["gone", "d", "d/e/a.yaml/x"]).problems).toEqual([
    "gone: no such file or directory",
    "d: no .yaml, .yml or .json file in this directory, add -R to read the folders in it",
    "d/e/a.yaml/x: a part of its path is not a directory",
  ]);
  expect(list(root, ["empty"], true).problems).toEqual(["empty: no .yaml, .yml or .json file in this directory"]);
  expect(listSources(["https://example.com/a.yaml"], { recursive: false }).problems).toEqual([
    { file: "https://example.com/a.yaml", message: "no such file or directory, addresses are not read" },
  ]);
});

test("does not read a directory that is called like a manifest as a file", () => {
  const root = scratch({ "d/a.yaml/b.yaml": "", "d/c.yaml": "" });
  expect(list(root, ["d"]).found).toEqual(["d/c.yaml"]);
  expect(list(root, ["d"], true).found).toEqual(["d/a.yaml/b.yaml", "d/c.yaml"]);
});

test("calls files as the user did, and knows their path below what was named", () => {
  const root = scratch({ "d/e/a.yaml": "" });
  const before = process.cwd();
  onTestFinished(() => process.chdir(before));
  process.chdir(root);
  const names = ["./d/", "d", ".", "d/e/a.yaml"].map((name) => listSources([name], { recursive: true }).sources[0]);
  expect(names.map((it) => [it?.uri, it && relativePath(it)])).toEqual([
    ["./d/e/a.yaml", "e/a.yaml"],
    ["d/e/a.yaml", "e/a.yaml"],
    ["d/e/a.yaml", "d/e/a.yaml"],
    ["d/e/a.yaml", "a.yaml"],
  ]);
});
