import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeScratch } from "@registry-cache/testkit";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { readRevision } from "./git-revision.ts";
import { findTracked } from "./git-tracked.ts";

// Neither the person's settings nor a hook's repository may decide a test.
beforeEach(() => {
  for (const name of ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"]) vi.stubEnv(name, "/dev/null");
  return () => vi.unstubAllEnvs();
});

const shoot = (name: string): string => `kind: Shoot\nmetadata: { name: ${name} }\n`;

function git(cwd: string, ...args: readonly string[]): void {
  execFileSync("git", ["-c", "user.name=test", "-c", "user.email=test@example.com", ...args], { cwd, stdio: "pipe" });
}

function repository(files: { readonly [path: string]: string }): string {
  const root = makeScratch(files);
  onTestFinished(() => rmSync(root, { recursive: true }));
  git(root, "init", "--quiet");
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--message", "test");
  return root;
}

function readAll(
  revision: string,
  names: readonly string[],
  recursive = false,
): { files: string[][]; problems: string[] } {
  const problems: string[] = [];
  const report = ({ file, message }: { file: string; message: string }): number => problems.push(`${file}: ${message}`);
  const files = [...readRevision(revision, names, { recursive, report })];
  return { files: files.map((it) => [it.uri, it.relative, it.text]), problems };
}

test("reads the manifests of a directory as they were, with those that are gone now", () => {
  const root = repository({
    "d/a.yaml": shoot("a"),
    "d/b.json": shoot("b"),
    "d/c.txt": shoot("c"),
    "d/e/f.yaml": shoot("f"),
  });
  writeFileSync(join(root, "d/a.yaml"), shoot("new"));
  rmSync(join(root, "d/b.json"));
  const flat = [
    ["git:HEAD:a.yaml", "a.yaml", shoot("a")],
    ["git:HEAD:b.json", "b.json", shoot("b")],
  ];
  expect(readAll("HEAD", [join(root, "d")])).toEqual({ files: flat, problems: [] });
  expect(readAll("HEAD", [join(root, "d")], true).files).toEqual([
    ...flat,
    ["git:HEAD:e/f.yaml", "e/f.yaml", shoot("f")],
  ]);
});

test("reads a file as it was, whatever its name is", () => {
  const name = ":(top) *ü\n.txt";
  const root = repository({ [name]: shoot("a"), "b.yaml": shoot("b"), "c.yaml": "kind: Other\n" });
  expect(readAll("HEAD~0", [join(root, name)]).files).toEqual([[`git:HEAD~0:${name}`, name, shoot("a")]]);
});

test("has nothing for a file that was not there, nor for a link, nor for what is no manifest of ours", () => {
  const root = repository({ "a.yaml": shoot("a"), "c.yaml": "kind: Other\n" });
  writeFileSync(join(root, "new.yaml"), shoot("new"));
  writeFileSync(join(root, "Shoot.yaml"), shoot("new"));
  symlinkSync("Shoot.yaml", join(root, "link.yaml"));
  git(root, "add", "link.yaml");
  git(root, "commit", "--quiet", "--message", "link");
  expect(readAll("HEAD", [join(root, "new.yaml"), join(root, "link.yaml"), join(root, "c.yaml")])).toEqual({
    files: [],
    problems: [],
  });
});

test("reads many files in parts", () => {
  const text = (name: string): string => shoot(name) + "#".repeat(1_500_000);
  const root = repository({ "a.yaml": text("a"), "b.yaml": text("b"), "c.yaml": text("c"), "d.yaml": text("d") });
  expect(readAll("HEAD", [root]).files.map(([, name, it]) => [name, it === text(name?.[0] ?? "")])).toEqual([
    ["a.yaml", true],
    ["b.yaml", true],
    ["c.yaml", true],
    ["d.yaml", true],
  ]);
});

test.each(["nonsense", "", "--help", "-h", "HEAD^{tree}", "HEAD:a.yaml", "^HEAD", "HEAD..HEAD", "a\0b", "--output=x"])(
  "tells that the revision %j is unknown",
  (revision) => {
    const root = repository({ "a.yaml": shoot("a") });
    expect(readAll(revision, [root])).toEqual({
      files: [],
      problems: [`git:${revision}: unknown revision "${revision}"`],
    });
  },
);

test("tells that a directory is in no repository", () => {
  const root = makeScratch({ "a.yaml": shoot("a") });
  onTestFinished(() => rmSync(root, { recursive: true }));
  expect(readAll("HEAD", [root]).problems).toEqual([
    `git:HEAD: ${root}: not a git repository (or any of the parent directories): .git`,
  ]);
});

test("knows the files that Git tracks, in several repositories, behind links and in submodules", () => {
  const one = repository({ "a.yaml": "", "d/b.yaml": "", ":weird.yaml": "" });
  const two = repository({ "c.yaml": "" });
  writeFileSync(join(one, "d/new.yaml"), "");
  mkdirSync(join(one, "sub"));
  git(join(one, "sub"), "init", "--quiet");
  writeFileSync(join(one, "sub/s.yaml"), "");
  git(join(one, "sub"), "add", "s.yaml");
  symlinkSync(join(one, "d"), join(two, "link"));
  const paths = ["a.yaml", "d/b.yaml", "d/new.yaml", ":weird.yaml", "sub/s.yaml"].map((it) => join(one, it));
  const others = [join(two, "c.yaml"), join(two, "link/b.yaml"), join(two, "link/new.yaml"), join(two, "gone/x.yaml")];
  expect([...findTracked([...paths, ...others])].sort()).toEqual(
    [
      join(one, "a.yaml"),
      join(one, "d/b.yaml"),
      join(one, ":weird.yaml"),
      join(one, "sub/s.yaml"),
      join(two, "c.yaml"),
      join(two, "link/b.yaml"),
    ].sort(),
  );
});

test("knows no tracked files without Git", () => {
  const root = repository({ "a.yaml": "" });
  vi.stubEnv("PATH", "/nonexistent");
  expect(findTracked([join(root, "a.yaml")])).toEqual(new Set());
  expect(readAll("HEAD", [root]).problems).toEqual([`git:HEAD: ${root}: git was not found, install it`]);
});

test("looks at the repository a file is in, not at that of a hook", () => {
  const root = repository({ "a.yaml": shoot("a") });
  vi.stubEnv("GIT_DIR", "/nonexistent");
  vi.stubEnv("GIT_INDEX_FILE", "/nonexistent");
  expect([...findTracked([join(root, "a.yaml")])]).toEqual([join(root, "a.yaml")]);
  expect(readAll("HEAD", [root]).files).toEqual([["git:HEAD:a.yaml", "a.yaml", shoot("a")]]);
});
