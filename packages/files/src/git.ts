import { spawnSync } from "node:child_process";
import { codeOf, explainError } from "./explain-error.ts";

/** What git printed, or in one line why it failed. */
export type GitResult = { readonly output: Buffer } | GitFailure;

/** A failed run of git: in one line, and in all that it and its hooks printed, which may show what is in files. */
export interface GitFailure {
  readonly message: string;
  readonly status?: number | null;
  readonly errors?: string;
}

/** Runs git in a directory, with arguments that no shell sees. */
export function runGit(directory: string, args: readonly string[], input = ""): GitResult {
  // A repository may name a program as its file system monitor; checking its files must not run that.
  const fixed = ["-c", "core.fsmonitor=false", "--no-pager", "--no-optional-locks"];
  // That command refuses the option; it takes its paths literally by itself.
  if (args[0] !== "check-ignore") fixed.push("--literal-pathspecs");
  const { status, stdout, stderr, error } = spawnSync("git", [...fixed, ...args], {
    cwd: directory,
    env: environment(),
    input,
    maxBuffer: 1 << 30,
  });
  if (error) return { message: codeOf(error) === "ENOENT" ? "git was not found, install it" : explainError(error) };
  if (status === 0) return { output: stdout };
  const errors = stderr.toString();
  const [line = ""] = errors.split("\n");
  const message = line.replace(/^(fatal|error): /, "") || `git ended with ${status ?? "a signal"}`;
  return { message, status, errors };
}

/** In a hook, git names its own repository and index; we look up the one that each file is in. */
function environment(): NodeJS.ProcessEnv {
  const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_PREFIX, GIT_COMMON_DIR, ...rest } = process.env;
  return { ...rest, LC_ALL: "C" };
}
