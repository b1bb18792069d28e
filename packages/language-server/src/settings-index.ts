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
  /** Who asks for what is being read waits for the same reading. */
  readonly reading: Map<string, Promise<void>>;
  /** How often something was forgotten: what was read before counts no more. */
  forgotten: number;
  readonly known: Map<string, Settings>;
  readonly open: Set<string>;
}

/** Makes an index that reads settings files as they are needed. */
export function createSettingsIndex(files: FileSource): SettingsIndex {
  const state: State = { nearest: new Map(), reading: new Map(), forgotten: 0, known: new Map(), open: new Set() };
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
      state.forgotten += 1;
      for (const map of [state.nearest, state.reading])
        for (const it of map.keys()) if (folder !== undefined && isBelow(folder, `${it}/x`)) map.delete(it);
      return folder;
    },
  };
}

async function load(state: State, files: FileSource, uri: string): Promise<void> {
  const folder = folderOf(uri);
  if (folder === undefined) return;
  const reading = state.reading.get(folder) ?? read(state, files, folder);
  state.reading.set(folder, reading);
  await reading;
  if (!state.reading.has(folder)) await load(state, files, uri);
}

async function read(state: State, files: FileSource, folder: string): Promise<void> {
  const { forgotten, known, nearest } = state;
  const file = await files.settingsOf(folder);
  const text = file === undefined || known.has(file) ? undefined : await files.read(file);
  if (forgotten !== state.forgotten) {
    state.reading.delete(folder);
    return;
  }
  nearest.set(folder, file);
  if (file !== undefined && text !== undefined && !known.has(file)) take(state, file, text);
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
