import { type Policies, readSettings, type Settings, settingsFileName } from "@registry-cache/core";
import type { FileSource } from "./file-source.ts";
import { folderOf, isBelow, nameOf, pathFrom } from "./uri.ts";

/** The settings that hold for a file, and the file's path from their folder. */
export interface FileSettings {
  readonly settings: Settings;
  readonly path: string;
}

/** Knows the settings of each file. What an editor has open counts before what is on disk. */
export interface SettingsIndex {
  /** Makes sure that the settings of a file are known. */
  load(uri: string): Promise<void>;
  /** The settings of a file, as far as they were loaded. */
  of(uri: string): FileSettings | undefined;
  /** What the settings of a file ask for. As long as that is the same it is the same object. */
  policiesOf(uri: string): Policies;
  /** Takes a settings file as it is open in the editor, or as it is on disk. Gives the folder that it holds for. */
  opened(uri: string, text: string): string | undefined;
  forget(uri: string): string | undefined;
}

/** Tells whether a file is a settings file, by its name. */
export function isSettingsFile(uri: string): boolean {
  return nameOf(uri) === settingsFileName;
}

const noPolicies: Policies = {};

interface State {
  /** The settings file on disk that holds for each folder that was asked about. */
  readonly nearest: Map<string, string | undefined>;
  readonly known: Map<string, Settings>;
  readonly open: Set<string>;
}

/** Makes an index that reads settings files as they are needed. */
export function createSettingsIndex(files: FileSource): SettingsIndex {
  const state: State = { nearest: new Map(), known: new Map(), open: new Set() };
  return {
    load: (uri) => load(state, files, uri),
    of: (uri) => find(state, uri),
    policiesOf: (uri) => find(state, uri)?.settings.policies ?? noPolicies,
    opened(uri, text) {
      state.open.add(uri);
      take(state, uri, text);
      return folderOf(uri);
    },
    forget(uri) {
      const folder = folderOf(uri);
      state.open.delete(uri);
      state.known.delete(uri);
      for (const it of state.nearest.keys())
        if (folder !== undefined && isBelow(folder, `${it}/x`)) state.nearest.delete(it);
      return folder;
    },
  };
}

async function load(state: State, files: FileSource, uri: string): Promise<void> {
  const folder = folderOf(uri);
  if (folder === undefined || state.nearest.has(folder)) return;
  const file = await files.settingsOf(folder);
  state.nearest.set(folder, file);
  if (file === undefined || state.known.has(file)) return;
  const text = await files.read(file);
  if (text !== undefined && !state.known.has(file)) take(state, file, text);
}

function find(state: State, uri: string): FileSettings | undefined {
  const folder = folderOf(uri);
  const file = folder === undefined ? undefined : nearestTo(state, folder);
  const settings = file === undefined ? undefined : state.known.get(file);
  return settings && file ? { settings, path: pathFrom(folderOf(file) ?? "", uri) } : undefined;
}

/** An open settings file that is not saved yet may be nearer than the one on disk. */
function nearestTo({ nearest, open }: State, folder: string): string | undefined {
  let best = nearest.get(folder);
  for (const file of open) {
    if (isBelow(folderOf(file) ?? file, `${folder}/x`) && file.length > (best?.length ?? 0)) best = file;
  }
  return best;
}

function take({ known }: State, uri: string, text: string): void {
  const { settings } = readSettings(uri, text);
  const before = known.get(uri)?.policies;
  const same = before !== undefined && JSON.stringify(before) === JSON.stringify(settings.policies);
  known.set(uri, same ? { ...settings, policies: before } : settings);
}
