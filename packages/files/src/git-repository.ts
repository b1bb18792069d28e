import { realpathSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { runGit } from "./git.ts";
import { quietStat } from "./list-sources.ts";

/** A file that differs from the last commit, with the letters by which `git status` says how: in the index, and in the working tree. */
export interface GitChange {
  /** The path from the root of the repository. */
  readonly path: string;
  readonly index: string;
  readonly workTree: string;
}

/** A repository that files lie in. */
export interface GitRepository {
  readonly root: string;
  /** The path of a file from the root; the file itself need not be there. */
  readonly pathOf: (file: string) => string;
  /** The file at a path, from the folder that we run in. */
  readonly fileOf: (path: string) => string;
}

/** Finds the one repository that some files or directories lie in; the message says why there is none. */
export function findRepository(names: readonly string[]): GitRepository | { readonly message: string } {
  const roots = new Set<string>();
  for (const name of names) {
    const folder = quietStat(name)?.isDirectory() === true ? name : dirname(name);
    const result = runGit(folder, ["rev-parse", "--show-toplevel"]);
    if ("message" in result) return { message: withPlace(result.message, folder) };
    roots.add(result.output.toString().replace(/\r?\n$/, ""));
  }
  const [root, ...others] = roots;
  if (root === undefined || others.length > 0) return { message: "the files lie in more than one repository of Git" };
  return {
    root,
    pathOf: (file) => relative(root, realPath(file)).replaceAll("\\", "/"),
    fileOf: (path) => relative("", join(root, path)),
  };
}

function withPlace(message: string, folder: string): string {
  return message.startsWith("not a git repository") ? `${folder} is in no repository of Git` : message;
}

/** A file is followed through its folder only: a link that is committed is a file of its own. */
function realPath(file: string): string {
  try {
    return quietStat(file)?.isDirectory() === true
      ? realpathSync(file)
      : join(realpathSync(dirname(file)), basename(file));
  } catch {
    return file;
  }
}

/** What is under way in a repository and must be ended before anything else is committed; undefined where nothing is. */
export function findUnderWay({ root }: GitRepository): string | undefined {
  const paths = underWay.map(([file]) => file);
  const result = runGit(root, ["rev-parse", ...paths.flatMap((it) => ["--git-path", it])]);
  const found = "output" in result ? result.output.toString().split("\n") : [];
  return underWay.find((_, index) => found[index] && quietStat(resolve(root, found[index])) !== undefined)?.[1];
}

const underWay: readonly (readonly [string, string])[] = [
  ["MERGE_HEAD", "a merge"],
  ["rebase-merge", "a rebase"],
  ["rebase-apply", "a rebase"],
  ["CHERRY_PICK_HEAD", "a cherry-pick"],
  ["REVERT_HEAD", "a revert"],
];

/** The files that differ from the last commit, new ones too, but not those that Git ignores. */
export function readChanges({ root }: GitRepository): readonly GitChange[] | { readonly message: string } {
  const result = runGit(root, ["status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all"]);
  if ("message" in result) return result;
  const entries = result.output.toString().split("\0");
  return entries
    .filter((it) => it !== "")
    .map((it) => ({ index: it[0] ?? " ", workTree: it[1] ?? " ", path: it.slice(3) }));
}

/** The text of a file as it was committed last; undefined where it was not there. */
export function readCommitted({ root }: GitRepository, path: string): string | undefined {
  const result = runGit(root, ["cat-file", "blob", `HEAD:${path}`]);
  return "output" in result ? result.output.toString("utf8") : undefined;
}

/** Tells whether Git knows a file, or ignores it. */
export function trackingOf({ root }: GitRepository, path: string): "tracked" | "ignored" | "untracked" {
  const listed = runGit(root, ["ls-files", "-z", "--", path]);
  if ("output" in listed && listed.output.length > 0) return "tracked";
  return "output" in runGit(root, ["check-ignore", "-q", "--no-index", "--", path]) ? "ignored" : "untracked";
}
