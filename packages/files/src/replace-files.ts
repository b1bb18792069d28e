import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { eachUnlessStopped } from "./each-unless-stopped.ts";
import { codeOf, explainError } from "./explain-error.ts";
import { readFile } from "./read-bytes.ts";
import { versionOf } from "./read-source.ts";

/** A file's new text, made from the content that had `version`. */
export interface Replacement {
  readonly uri: string;
  readonly version: string;
  readonly text: string;
}

/**
 * Replaces files, each whole or not at all, and reports each with the reason where it was not. A signal to stop is
 * obeyed between two files, so that no unfinished file is left beside them.
 */
export async function replaceFiles<T extends Replacement>(
  replacements: Iterable<T>,
  report: (replacement: T, problem: string | undefined) => void,
): Promise<void> {
  await eachUnlessStopped(replacements, (replacement) => {
    report(replacement, replaceFile(replacement));
    return true;
  });
}

/**
 * Writes beside the file, then renames: a reader sees the old text or the new one. The target of a link is replaced, not
 * the link; mode and owner stay. Gives the reason when nothing was changed.
 */
export function replaceFile({ uri, version, text }: Replacement): string | undefined {
  try {
    const target = realpathSync(uri);
    const stat = statSync(target);
    const unfinished = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
    return writeBeside(unfinished, text, stat) ?? moveOver(unfinished, target, version);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "vanished since it was read, not written";
    return `cannot be written: ${explainError(error)}`;
  }
}

/** Writes a file that is not there yet, with the mode and owner of another. Gives the reason when nothing is left of it. */
export function writeBeside(
  path: string,
  text: string,
  { mode, uid, gid }: Pick<Stats, "mode" | "uid" | "gid">,
): string | undefined {
  let file: number;
  try {
    file = openSync(path, "wx", 0o600);
  } catch (error) {
    return `cannot be written: its directory takes no new file (${explainError(error)})`;
  }
  try {
    writeFileSync(file, text);
    const kept = keepOwner(file, uid, gid);
    fchmodSync(file, kept ? mode & 0o7777 : withoutGroup(mode));
    fsyncSync(file);
    return undefined;
  } catch (error) {
    unlinkSync(path);
    return `cannot be written: ${explainError(error)}`;
  } finally {
    closeSync(file);
  }
}

/** Says false when the group could not be kept. Only root may give a file away, others only to a group of theirs. */
function keepOwner(file: number, uid: number, gid: number): boolean {
  const own = fstatSync(file);
  if (own.uid === uid && own.gid === gid) return true;
  return tryTo(() => fchownSync(file, uid, gid)) || tryTo(() => fchownSync(file, own.uid, gid));
}

/** With another group than before, the group may do what all others may: a Secret must not become readable by more people. */
function withoutGroup(mode: number): number {
  return (mode & 0o707) | ((mode & 0o007) << 3);
}

function moveOver(unfinished: string, target: string, version: string): string | undefined {
  try {
    // As late as can be: between this look and the rename there is no time to change the file by hand.
    const now = readFile(target);
    if (!("bytes" in now) || versionOf(now.bytes) !== version) {
      unlinkSync(unfinished);
      return "changed since it was read, not touched";
    }
    renameSync(unfinished, target);
  } catch (error) {
    unlinkSync(unfinished);
    return `cannot be written: ${explainError(error)}`;
  }
  syncDirectory(dirname(target));
  return undefined;
}

/** Makes a change of a directory itself last. Not every file system can, and the texts are safe either way. */
export function syncDirectory(path: string): void {
  tryTo(() => {
    const folder = openSync(path, constants.O_RDONLY);
    tryTo(() => fsyncSync(folder));
    closeSync(folder);
  });
}

function tryTo(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
