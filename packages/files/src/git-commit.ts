import { accessSync, constants } from "node:fs";
import { resolve } from "node:path";
import { type GitFailure, runGit } from "./git.ts";
import { type GitChange, type GitRepository, readCommitted } from "./git-repository.ts";

/**
 * Commits files as they are in the working tree, and nothing else: what else is staged stays staged. Gives the commit's
 * short name, undefined where nothing is to be committed, or why there is none; then the index is as it was. What a hook
 * prints is not repeated: it may show values.
 */
export function commitFiles(
  repository: GitRepository,
  changes: readonly GitChange[],
  message: string,
): { readonly commit: string | undefined } | { readonly message: string } {
  const { root } = repository;
  const paths = changes.filter((it) => !isForgotten(repository, it)).map((it) => it.path);
  if (paths.length === 0) return { commit: undefined };
  const fresh = changes.filter((it) => it.index === "?").map((it) => it.path);
  if (fresh.length > 0) {
    const added = runGit(root, ["add", "--intent-to-add", "--", ...fresh]);
    if ("message" in added) return added;
  }
  const list = paths.map((it) => `${it}\0`).join("");
  const only = ["--only", "--pathspec-from-file=-", "--pathspec-file-nul"];
  const made = runGit(root, ["commit", "--quiet", "--message", message, ...only], list);
  if ("message" in made) {
    if (fresh.length > 0) runGit(root, ["rm", "--cached", "--quiet", "--", ...fresh]);
    return { message: explain(repository, made) };
  }
  const name = runGit(root, ["rev-parse", "--short", "HEAD"]);
  return { commit: "output" in name ? name.output.toString().trim() : "HEAD" };
}

/** Takes a file out of the index that was never committed and is gone, as a run leaves it that was killed before its commit. */
function isForgotten(repository: GitRepository, { path, workTree }: GitChange): boolean {
  if (workTree !== "D" || readCommitted(repository, path) !== undefined) return false;
  runGit(repository.root, ["rm", "--cached", "--quiet", "--ignore-unmatch", "--", path]);
  return true;
}

/** git ends with 1 where a hook refused, and has a last word of its own where it could not do it. */
function explain(repository: GitRepository, { message, status, errors = "" }: GitFailure): string {
  const own = errors.split("\n").findLast((it) => it.startsWith("fatal: "));
  if (status !== 1 && own === undefined) return message;
  if (status !== 1 && own !== undefined) return ownWords(own.slice("fatal: ".length));
  const hooks = hookNames.filter((it) => isHook(repository, it));
  if (hooks.length === 0) return `git ended with ${status}`;
  return `a hook refused it (${hooks.join(" or ")}); "git commit" shows what it says`;
}

function ownWords(words: string): string {
  if (words === "failed to write commit object") return "it could not be signed, or not be stored";
  return words.startsWith("unable to auto-detect email") ? `${words}; set user.name and user.email of Git` : words;
}

const hookNames = ["pre-commit", "prepare-commit-msg", "commit-msg"];

function isHook({ root }: GitRepository, name: string): boolean {
  const result = runGit(root, ["rev-parse", "--git-path", `hooks/${name}`]);
  if (!("output" in result)) return false;
  try {
    accessSync(resolve(root, result.output.toString().trim()), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
