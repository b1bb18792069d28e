import { writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { codeOf, explainError } from "./explain-error.ts";
import { quietStat } from "./list-sources.ts";
import { readFile } from "./read-bytes.ts";
import { versionOf } from "./read-source.ts";
import { replaceFile } from "./replace-files.ts";
import { pathFrom } from "./settings-files.ts";

/** A text file of our own, such as a baseline: its text, undefined where there is none, or why it cannot be read. */
export type TextFile = { readonly text: string; readonly version: string } | { readonly message: string } | undefined;

/** Reads a text file. */
export function readTextFile(path: string): TextFile {
  if (quietStat(path) === undefined) return undefined;
  const result = readFile(path);
  if ("bytes" in result) return { text: result.bytes.toString("utf8"), version: versionOf(result.bytes) };
  return result;
}

/** Writes a text file whole or not at all, in place of the one with `version` or as a new one; gives the reason when it did not. */
export function writeTextFile(path: string, text: string, version: string | undefined): string | undefined {
  if (version !== undefined) return replaceFile({ uri: path, version, text });
  try {
    writeFileSync(path, text, { flag: "wx" });
    return undefined;
  } catch (error) {
    return codeOf(error) === "EEXIST"
      ? "was written meanwhile, not touched"
      : `cannot be written: ${explainError(error)}`;
  }
}

/** The path of a file from the folder that another file lies in, with slashes. */
export function pathBeside(file: string, uri: string): string {
  return pathFrom(dirname(file), uri);
}

/** Tells whether a file that `pathBeside` named is gone. */
export function isGone(file: string, path: string): boolean {
  return quietStat(resolve(dirname(file), path)) === undefined;
}
