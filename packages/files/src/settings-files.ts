import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { settingsFileName } from "@registry-cache/core";
import { quietStat } from "./list-sources.ts";
import type { Source } from "./source.ts";

/** The settings that hold for a file. */
export interface NearestSettings {
  /** The settings file, as it is called in messages; it also opens the file. */
  readonly file: string;
  /** The path of the file that they hold for, from their folder and with slashes. */
  readonly path: string;
}

/** The files of a run together with the settings files that hold for them. */
export interface SettingsLookup {
  readonly sources: readonly Source[];
  readonly nearest: (uri: string) => NearestSettings | undefined;
}

/** Tells whether a file is a settings file, by its name. */
export function isSettingsFile(uri: string): boolean {
  return uri.endsWith(settingsFileName) && basename(uri) === settingsFileName;
}

/** Finds the settings of each file: in its folder or the nearest above, up to the root of its repository. */
export function findSettings(listed: readonly Source[]): SettingsLookup {
  const sources = listed.map((it) => (isSettingsFile(it.uri) ? { ...it, named: true } : it));
  // A person may name the same file in two ways; the first is kept.
  const names = new Map(sources.filter((it) => isSettingsFile(it.uri)).map((it) => [resolve(it.uri), it.uri]));
  const folders = new Map<string, string | undefined>();
  const folderOf = (directory: string): string | undefined => {
    if (!folders.has(directory)) folders.set(directory, nearestFolder(resolve(directory)));
    return folders.get(directory);
  };
  for (const directory of new Set(listed.map((it) => dirname(it.uri)))) {
    const folder = folderOf(directory);
    const path = folder && join(folder, settingsFileName);
    if (path === undefined || names.has(path)) continue;
    const name = isAbsolute(directory) ? path : relative("", path);
    names.set(path, name);
    sources.push({ uri: name, named: true, base: name.length - settingsFileName.length });
  }
  return {
    sources,
    nearest: (uri) => {
      const folder = folderOf(dirname(uri));
      const file = folder && names.get(join(folder, settingsFileName));
      return folder && file ? { file, path: pathFrom(folder, uri) } : undefined;
    },
  };
}

/** The path of a file from a folder, with slashes. */
export function pathFrom(folder: string, uri: string): string {
  return relative(folder, resolve(uri)).split(sep).join("/");
}

/** The nearest folder with a settings file: the given one or one above it, up to the root of its repository. */
export function nearestFolder(directory: string): string | undefined {
  for (let folder = directory; ; folder = dirname(folder)) {
    if (quietStat(join(folder, settingsFileName))?.isFile() === true) return folder;
    // Above the root of a repository other people's settings may lie.
    if (quietStat(join(folder, ".git")) !== undefined || dirname(folder) === folder) return undefined;
  }
}
