import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { settingsFileName } from "@registry-cache/core";
import { readRevision } from "./git-revision.ts";
import { findTracked } from "./git-tracked.ts";
import { listFolder, manifestName } from "./list-sources.ts";
import { createReader } from "./read-source.ts";
import { isSettingsFile, nearestFolder } from "./settings-files.ts";
import type { Problem } from "./source.ts";
import { type FolderWatch, watchFolder } from "./watch-folder.ts";

/** The disk as a language server reads it: files are named by URI, and what cannot be read is not there. */
export interface EditorFiles {
  list(folder: string): Iterable<readonly string[]>;
  read(uri: string): string | undefined;
  settingsOf(folder: string): string | undefined;
  tracked(uris: readonly string[]): ReadonlySet<string>;
  /** Tells of files that change in a folder and all below; undefined for one that is on no disk. */
  watch(folder: string, onChanged: (uris: readonly string[]) => void): FolderWatch | undefined;
  /** The text of a file in Git's last commit, undefined where it is not in there; or why Git cannot say. */
  committed(uri: string): { readonly text: string | undefined } | { readonly message: string };
}

/** Opens the disk for a language server. */
export function openEditorFiles(): EditorFiles {
  const reader = createReader();
  return {
    *list(folder) {
      const path = toPath(folder);
      if (path === undefined) return;
      for (const sources of listFolder(path)) yield sources.map((it) => toUri(it.uri));
    },
    read(uri) {
      const path = toPath(uri);
      // The editor may tell of folders, and of files that are none of ours.
      if (path === undefined || !manifestName.test(path)) return undefined;
      const reading = reader.read({ uri: path, named: isSettingsFile(path), base: 0 });
      return reading.kind === "text" ? reading.text : undefined;
    },
    settingsOf(folder) {
      const path = toPath(folder);
      const nearest = path === undefined ? undefined : nearestFolder(path);
      return nearest === undefined ? undefined : toUri(join(nearest, settingsFileName));
    },
    committed(uri) {
      const path = toPath(uri);
      const problems: string[] = [];
      const options = { recursive: false, report: ({ message }: Problem) => problems.push(message) };
      const [file] = path === undefined ? [] : readRevision("HEAD", [path], options);
      const [message] = problems;
      return message === undefined ? { text: file?.text } : { message };
    },
    watch(folder, onChanged) {
      const path = toPath(folder);
      return path === undefined ? undefined : watchFolder(path, (paths) => onChanged(paths.map(toUri)));
    },
    tracked(uris) {
      const paths = new Map(uris.flatMap((uri) => [[toPath(uri) ?? "", uri] as const]));
      return new Set([...findTracked([...paths.keys()])].map((it) => paths.get(it) ?? ""));
    },
  };
}

/** The path of a file that an editor names; undefined for what is on no disk. */
export function toPath(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    // What an editor shows need not be on a disk: untitled:, git:, vscode-vfs: and others.
    return undefined;
  }
}

/** The address by which an editor names a file. */
export function toUri(path: string): string {
  return pathToFileURL(path).href;
}
