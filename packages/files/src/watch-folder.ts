import { type FSWatcher, promises, watch } from "node:fs";
import { join } from "node:path";
import { skippedFolders } from "@registry-cache/core";
import { manifestName } from "./list-sources.ts";

/** So many directories are watched at most: systems allow a user some thousands, and others need some, too. */
const mostDirectories = 4000;

/** So long, in milliseconds, changes are gathered: most programs write a file in several steps. */
const gathering = 50;

/** Something that is watched. */
export interface FolderWatch {
  /** Resolves when all that is there is watched: what is read from then on is never missed. */
  readonly ready: Promise<void>;
  end(): void;
}

/**
 * Tells of manifests that are made, changed or deleted in a directory and all below. What cannot be watched is not: nobody is
 * promised to hear of everything.
 */
export function watchFolder(directory: string, onChanged: (paths: readonly string[]) => void): FolderWatch {
  const state: State = { onChanged, watchers: new Map(), changed: new Set(), timer: undefined, ended: false };
  return {
    ready: enter(state, directory).then(() => undefined),
    end() {
      state.ended = true;
      clearTimeout(state.timer);
      for (const it of state.watchers.values()) it.close();
      state.watchers.clear();
    },
  };
}

interface State {
  readonly onChanged: (paths: readonly string[]) => void;
  readonly watchers: Map<string, FSWatcher>;
  readonly changed: Set<string>;
  timer: NodeJS.Timeout | undefined;
  ended: boolean;
}

/** Watches a directory and those below. Gives the manifests that are there. */
async function enter(state: State, directory: string): Promise<readonly string[]> {
  if (state.ended || state.watchers.has(directory) || state.watchers.size >= mostDirectories) return [];
  if (!begin(state, directory)) return [];
  const found: string[] = [];
  for (const entry of await promises.readdir(directory, { withFileTypes: true }).catch(() => [])) {
    const path = join(directory, entry.name);
    if (entry.isDirectory() && !skippedFolders.includes(entry.name)) found.push(...(await enter(state, path)));
    else if (manifestName.test(entry.name)) found.push(path);
  }
  return found;
}

function begin(state: State, directory: string): boolean {
  try {
    const watcher = watch(directory, { persistent: false }, (event, name) => {
      if (name !== null) void note(state, { directory, event, name });
    });
    watcher.on("error", () => leave(state, directory));
    state.watchers.set(directory, watcher);
    return true;
  } catch {
    // It is gone already, may not be read, or the system has no more to give.
    return false;
  }
}

function leave({ watchers }: State, directory: string): void {
  watchers.get(directory)?.close();
  watchers.delete(directory);
}

interface Noted {
  readonly directory: string;
  readonly event: string;
  readonly name: string;
}

async function note(state: State, { directory, event, name }: Noted): Promise<void> {
  const path = join(directory, name);
  if (manifestName.test(name)) tell(state, [path]);
  else if (event === "rename" && !skippedFolders.includes(name)) {
    // A directory that is gone has taken its files along: only its name tells of them.
    if (state.watchers.has(path)) {
      const inner = [...state.watchers.keys()].filter((it) => it.startsWith(join(path, "/")));
      for (const it of [path, ...inner]) leave(state, it);
      tell(state, [path]);
    }
    tell(state, await enter(state, path));
  }
}

function tell(state: State, paths: readonly string[]): void {
  if (state.ended || paths.length === 0) return;
  for (const it of paths) state.changed.add(it);
  state.timer ??= setTimeout(() => {
    state.timer = undefined;
    const changed = [...state.changed];
    state.changed.clear();
    state.onChanged(changed);
  }, gathering);
}
