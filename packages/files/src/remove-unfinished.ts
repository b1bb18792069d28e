import { readdirSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { quietStat } from "./list-sources.ts";
import { readTextFile } from "./text-file.ts";

/**
 * Removes what a run that was killed has left in some folders: unfinished texts, which may hold values of Secrets. Those of
 * files that are there go where `isOurs` knows the file, others by their text. A run that is writing just now fails then.
 */
export function removeUnfinished(
  folders: Iterable<string>,
  isOurs: { readonly file: (uri: string) => boolean; readonly text: (text: string) => boolean },
): void {
  for (const folder of new Set(folders)) {
    for (const entry of entriesOf(folder)) {
      const [, name] = /^\.(.+)\.[0-9a-f]{12}\.tmp$/.exec(entry) ?? [];
      if (name === undefined) continue;
      const [file, unfinished] = [join(folder, name), join(folder, entry)];
      const isOur = quietStat(file) === undefined ? hasText(unfinished, isOurs.text) : isOurs.file(file);
      if (isOur) tryRemove(unfinished);
    }
  }
}

function hasText(file: string, isOurs: (text: string) => boolean): boolean {
  const read = readTextFile(file);
  return read !== undefined && "text" in read && isOurs(read.text);
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function tryRemove(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // Whoever may not remove it cannot write beside it either, and is told so then.
  }
}
