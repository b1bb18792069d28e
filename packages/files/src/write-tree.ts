import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { createFile } from "./change-files.ts";
import { explainError } from "./explain-error.ts";
import type { Problem } from "./source.ts";
import { readTextFile, writeTextFile } from "./text-file.ts";

/** A file of a tree that is written as a whole; the path counts from the tree's folder. */
export interface TreeFile {
  readonly path: string;
  readonly text: string;
}

/** What writing a tree came to: the paths that were written, and the problem at which it stopped. */
export interface TreeWritten {
  readonly written: readonly string[];
  readonly unchanged: number;
  readonly problem: Problem | undefined;
}

/** Writes a tree of files, each whole or not at all. New ones can be read by their owner only; one that is right already is left alone. */
export function writeTree(folder: string, files: readonly TreeFile[]): TreeWritten {
  const written: string[] = [];
  let unchanged = 0;
  for (const { path, text } of files) {
    const uri = join(folder, path);
    const result = writeFile(uri, text);
    if (result === "unchanged") unchanged += 1;
    else if (result === "written") written.push(path);
    else return { written, unchanged, problem: { file: uri, message: result.message } };
  }
  return { written, unchanged, problem: undefined };
}

function writeFile(uri: string, text: string): "written" | "unchanged" | { readonly message: string } {
  const before = readTextFile(uri);
  if (before !== undefined && "message" in before) return before;
  if (before?.text === text) return "unchanged";
  try {
    mkdirSync(dirname(uri), { recursive: true });
  } catch (error) {
    return { message: `its folder cannot be made: ${explainError(error)}` };
  }
  const problem = before === undefined ? createFile(uri, text, undefined) : writeTextFile(uri, text, before.version);
  return problem === undefined ? "written" : { message: problem };
}
