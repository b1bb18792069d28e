import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cleanEnvironment, scratch } from "./plugin.ts";

/** Runs git as somebody of a test, and gives what it printed. */
export function git(cwd: string, ...args: readonly string[]): string {
  const as = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
  return execFileSync("git", [...as, ...args], { cwd, env: cleanEnvironment(), stdio: ["ignore", "pipe", "pipe"] })
    .toString()
    .trimEnd();
}

/** A repository with some files in its only commit. */
export function repository(files: { readonly [path: string]: string }): string {
  const cwd = scratch(files);
  git(cwd, "init", "-q", "-b", "main");
  git(cwd, "config", "user.name", "Ada");
  git(cwd, "config", "user.email", "ada@example.com");
  git(cwd, "add", "-A", "-f");
  git(cwd, "commit", "-q", "-m", "first");
  return cwd;
}

/** Sets a hook that runs in a shell. */
export function setHook(cwd: string, name: string, script: string): void {
  const file = join(cwd, ".git/hooks", name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

/** The files that differ from the last commit, as `git status` writes them. */
export function statusOf(cwd: string): readonly string[] {
  return git(cwd, "status", "--short", "--untracked-files=all")
    .split("\n")
    .filter((it) => it !== "");
}

/** The files of a commit, and its message. */
export function commitOf(
  cwd: string,
  name = "HEAD",
): { readonly files: readonly string[]; readonly subject: string; readonly body: string } {
  const files = git(cwd, "show", "--format=", "--name-status", "--no-renames", name).split("\n").sort();
  return {
    files,
    subject: git(cwd, "show", "-s", "--format=%s", name),
    body: git(cwd, "show", "-s", "--format=%b", name),
  };
}
