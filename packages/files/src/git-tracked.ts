import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { runGit } from "./git.ts";

/** Of the given files those that Git tracks; none where there is no Git or no repository. */
export function findTracked(paths: readonly string[]): ReadonlySet<string> {
  const tracked = [...groupByRepository(paths)].flatMap(([root, files]) => {
    const names = new Set(listTracked(root, [...new Set(files.map((it) => it.inRepository))]));
    return files.filter((it) => names.has(it.inRepository)).map((it) => it.path);
  });
  return new Set(tracked);
}

function listTracked(root: string, names: readonly string[]): readonly string[] {
  const tracked: string[] = [];
  for (let at = 0; at < names.length; at += maxArguments) {
    const result = runGit(root, ["ls-files", "-z", "--", ...names.slice(at, at + maxArguments)]);
    if (!("output" in result)) break;
    tracked.push(...result.output.toString().split("\0"));
  }
  return tracked;
}

/** Well below what any system takes as arguments of one program. */
const maxArguments = 500;

interface File {
  readonly path: string;
  readonly inRepository: string;
}

function groupByRepository(paths: readonly string[]): ReadonlyMap<string, readonly File[]> {
  const roots = new Map<string, string | undefined>();
  const groups = new Map<string, File[]>();
  for (const path of paths) {
    const directory = tryRealpath(dirname(path));
    const root = directory === undefined ? undefined : rootOf(directory, roots);
    if (directory === undefined || root === undefined) continue;
    const inRepository = join(directory, basename(path)).slice(root.length).replace(/^\//, "");
    groups.set(root, [...(groups.get(root) ?? []), { path, inRepository }]);
  }
  return groups;
}

function rootOf(directory: string, known: Map<string, string | undefined>): string | undefined {
  if (known.has(directory)) return known.get(directory);
  const parent = dirname(directory);
  const above = parent === directory ? undefined : () => rootOf(parent, known);
  // In a submodule or a second work tree `.git` is a file.
  const root = existsSync(join(directory, ".git")) ? directory : above?.();
  known.set(directory, root);
  return root;
}

function tryRealpath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
