import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { skippedFolders } from "@registry-cache/core";
import { explainError } from "./explain-error.ts";
import { type Problem, type Source, stdinUri } from "./source.ts";

/** The files found under the names that a user gave, each once, and what could not be found. */
export interface Listing {
  readonly sources: readonly Source[];
  readonly problems: readonly Problem[];
}

/**
 * Finds the manifests as kubectl does: a file as it is named, of a directory the .yaml, .yml and .json files directly in it,
 * or in all its folders when `recursive`. `-` is standard input. Links are followed, none twice.
 */
export function listSources(names: readonly string[], { recursive }: { readonly recursive: boolean }): Listing {
  const walk: Walk = { recursive, sources: [], problems: [], met: 0, directories: new Set(), files: new Set() };
  for (const name of names) {
    if (name === "-") addOnce(walk, "-", { uri: stdinUri, named: true, base: 0 });
    else listNamed(walk, name);
  }
  return walk;
}

/**
 * Finds the manifests of a folder and all below as `listSources` does with it, and gives them a directory at a time, so that
 * the caller can do other things between two. What cannot be read is left out.
 */
export function* listFolder(path: string): Iterable<readonly Source[]> {
  const walk: Walk = { recursive: true, sources: [], problems: [], met: 0, directories: new Set(), files: new Set() };
  const folder = { path, prefix: path.endsWith("/") ? path : `${path}/`, base: 0 };
  let given = 0;
  for (const _ of listDirectory(walk, folder)) {
    yield walk.sources.slice(given);
    given = walk.sources.length;
  }
  yield walk.sources.slice(given);
}

interface Walk {
  readonly recursive: boolean;
  readonly sources: Source[];
  readonly problems: Problem[];
  /** Real paths of the directories listed, so that a loop of links ends. Their own files are met once with them. */
  readonly directories: Set<string>;
  /** How many manifests the directories held, also those that were found before. */
  met: number;
  /** Real paths of the files met by name or by a link. */
  readonly files: Set<string>;
}

/** The names that kubectl takes for manifests when it reads a directory. */
export const manifestName: RegExp = /\.(ya?ml|json)$/;

function listNamed(walk: Walk, name: string): void {
  const stat = statOf(walk, name);
  if (stat === undefined) return;
  if (!stat.isDirectory()) {
    addFile(walk, { uri: name, named: true, base: name.length - basename(name).length }, stat);
    return;
  }
  const prefix = name === "." ? "" : name.endsWith("/") ? name : `${name}/`;
  const before = walk.met + walk.problems.length;
  const fresh = finish(listDirectory(walk, { path: name, prefix, base: prefix.length }));
  const found = walk.met + walk.problems.length > before;
  if (fresh && !found) walk.problems.push({ file: name, message: emptyMessage(walk.recursive) });
}

function emptyMessage(recursive: boolean): string {
  return `no .yaml, .yml or .json file in this directory${recursive ? "" : ", add -R to read the folders in it"}`;
}

interface Folder {
  readonly path: string;
  /** What comes before the names of its files. */
  readonly prefix: string;
  readonly base: number;
}

/** Pauses once a directory was read. Says false when it was listed before. */
function* listDirectory(walk: Walk, folder: Folder): Generator<undefined, boolean> {
  const entries = entriesOf(walk, folder);
  if (entries === undefined) return true;
  const { path, fresh, list } = entries;
  if (!fresh) return false;
  for (const entry of list) {
    const inner = listEntry(walk, folder, { entry, directory: path });
    if (inner !== undefined) yield* listDirectory(walk, inner);
  }
  yield;
  return true;
}

/** Walks to the end without a pause. */
function finish<T>(walking: Generator<undefined, T>): T {
  for (;;) {
    const step = walking.next();
    if (step.done) return step.value;
  }
}

function entriesOf(walk: Walk, { path: given }: Folder): { path: string; fresh: boolean; list: Dirent[] } | undefined {
  try {
    const path = realpathSync(given);
    if (walk.directories.has(path)) return { path, fresh: false, list: [] };
    walk.directories.add(path);
    const list = readdirSync(path, { withFileTypes: true });
    return { path, fresh: true, list: list.sort((a, b) => (a.name < b.name ? -1 : 1)) };
  } catch (error) {
    walk.problems.push({ file: given, message: explainError(error) });
    return undefined;
  }
}

/** Takes a file; of a folder that is to be listed, too, it gives the place. */
function listEntry(
  walk: Walk,
  folder: Folder,
  { entry, directory }: { entry: Dirent; directory: string },
): Folder | undefined {
  // Joined, since engines keep both parts of a sum beside it.
  const uri = [folder.prefix, entry.name].join("");
  const source = { uri, named: false, base: folder.base };
  const isManifest = manifestName.test(entry.name);
  if (isManifest && !entry.isDirectory()) walk.met += 1;
  if (entry.isFile()) {
    // Mostly no file was named by itself, and then no path has to be put together.
    const met = walk.files.size > 0 && walk.files.has(join(directory, entry.name));
    if (isManifest && !met) walk.sources.push(source);
    return undefined;
  }
  const mayBeFolder = walk.recursive && !skippedFolders.includes(entry.name);
  const inner = mayBeFolder ? { path: uri, prefix: `${uri}/`, base: folder.base } : undefined;
  if (entry.isDirectory()) return inner;
  if (!isManifest && !(mayBeFolder && entry.isSymbolicLink())) return undefined;
  const stat = isManifest ? statOf(walk, uri) : quietStat(uri);
  if (stat?.isDirectory()) return inner;
  if (stat !== undefined && isManifest) addFile(walk, source, stat);
  return undefined;
}

function addFile(walk: Walk, source: Source, stat: Stats): void {
  const message = refusal(stat);
  if (message !== undefined) {
    walk.problems.push({ file: source.uri, message });
    return;
  }
  const path = realpathSync(source.uri);
  const listed = walk.directories.has(dirname(path)) && manifestName.test(path);
  if (!listed) addOnce(walk, path, source);
}

function addOnce(walk: Walk, path: string, source: Source): void {
  if (walk.files.has(path)) return;
  walk.files.add(path);
  walk.sources.push(source);
}

/** Why something that is neither file nor directory is not read: opening a pipe or a device may wait for ever. */
export function refusal(stat: Stats): string | undefined {
  if (stat.isFile()) return undefined;
  if (stat.isFIFO()) return "is a pipe and not a file, use -f - to read what another program writes";
  if (stat.isSocket()) return "is a socket and not a file";
  return "is a device and not a file";
}

function statOf(walk: Walk, path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    const hint = /^\w+:\/\//.test(path) ? ", addresses are not read" : "";
    walk.problems.push({ file: path, message: explainError(error) + hint });
    return undefined;
  }
}

/** What a path leads to; undefined when it leads nowhere. */
export function quietStat(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
