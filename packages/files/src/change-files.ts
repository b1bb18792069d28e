import { randomBytes } from "node:crypto";
import { linkSync, lstatSync, renameSync, type Stats, statSync, unlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { eachUnlessStopped } from "./each-unless-stopped.ts";
import { codeOf, explainError } from "./explain-error.ts";
import { quietStat } from "./list-sources.ts";
import { readFile } from "./read-bytes.ts";
import { versionOf } from "./read-source.ts";
import { type Replacement, replaceFile, syncDirectory, writeBeside } from "./replace-files.ts";

/** One change of a file. */
export type FileAction =
  | { readonly do: "create"; readonly uri: string; readonly text: string; readonly like: string | undefined }
  | ({ readonly do: "replace" } & Replacement)
  | { readonly do: "delete"; readonly uri: string; readonly version: string };

/**
 * Changes files one after the other, each whole or not at all, and reports each with the reason where it was not done. The
 * first that cannot be done is the last: what comes behind may need it. A signal to stop is obeyed between two files.
 */
export async function changeFiles(
  actions: readonly FileAction[],
  report: (action: FileAction, problem: string | undefined) => void,
): Promise<void> {
  await eachUnlessStopped(actions, (action) => {
    const problem = changeFile(action);
    report(action, problem);
    return problem === undefined;
  });
}

function changeFile(action: FileAction): string | undefined {
  switch (action.do) {
    case "create":
      return createFile(action.uri, action.text, action.like);
    case "replace":
      return replaceFile(action);
    case "delete":
      return deleteFile(action.uri, action.version);
  }
}

/** Creates a file with the permissions of another; where there is none to follow, only its owner can read it. */
export function createFile(uri: string, text: string, like: string | undefined): string | undefined {
  const unfinished = join(dirname(uri), `.${basename(uri)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    const model = like === undefined ? undefined : quietStat(like);
    const problem = writeBeside(unfinished, text, model ?? privateOwner(dirname(uri)));
    if (problem !== undefined) return problem;
    return moveToFree(unfinished, uri);
  } catch (error) {
    return `cannot be written: ${explainError(error)}`;
  }
}

function privateOwner(directory: string): Pick<Stats, "mode" | "uid" | "gid"> {
  const { uid, gid } = statSync(directory);
  return { mode: 0o600, uid, gid };
}

/** A rename would take the place of a file that came meanwhile; a second name for the same file does not. */
function moveToFree(unfinished: string, uri: string): string | undefined {
  try {
    linkSync(unfinished, uri);
    unlinkSync(unfinished);
  } catch (error) {
    if (codeOf(error) === "EEXIST" || quietStat(uri) !== undefined) {
      unlinkSync(unfinished);
      return "was written meanwhile, not touched";
    }
    // Not every file system has second names.
    renameSync(unfinished, uri);
  }
  syncDirectory(dirname(uri));
  return undefined;
}

/** Deletes a file that still has the content of `version`. Gives the reason when it is still there. */
export function deleteFile(uri: string, version: string): string | undefined {
  try {
    if (lstatSync(uri).isSymbolicLink()) return "is a link, delete it and what it leads to by hand";
    const now = readFile(uri);
    if (!("bytes" in now) || versionOf(now.bytes) !== version) return "changed since it was read, not touched";
    unlinkSync(uri);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    return `cannot be deleted: ${explainError(error)}`;
  }
  syncDirectory(dirname(uri));
  return undefined;
}
