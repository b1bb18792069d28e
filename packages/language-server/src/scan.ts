import { skippedFolders } from "@registry-cache/core";
import type { Client } from "./client.ts";
import type { Committed } from "./committed.ts";
import type { FileQueue } from "./file-queue.ts";
import type { FileSource } from "./file-source.ts";
import type { Outbox } from "./outbox.ts";
import { placesOf } from "./places-of.ts";
import { openProgress } from "./progress.ts";
import { pause } from "./timer.ts";
import { isBelow } from "./uri.ts";

/** Reads the folders of the workspace, and what changes in them. */
export interface Scan {
  /** The folders, which may lie in one another. */
  readonly folders: ReadonlySet<string>;
  addFolders(folders: readonly string[]): void;
  removeFolders(folders: readonly string[]): void;
  /** Reads these files again when they lie in a folder. */
  reread(uris: readonly string[]): void;
  /** Looks for files in folders that have come into one. */
  look(folders: readonly string[]): void;
  isRunning(): boolean;
  /** Resolves when everything that was asked for is read, or the user had enough. */
  settled(): Promise<void>;
  /** The user cancels the progress that is shown. */
  cancel(token: string): void;
  stop(): void;
}

/** What a scan needs. */
export interface ScanContext {
  readonly client: Client;
  readonly source: FileSource;
  readonly queue: FileQueue;
  readonly committed: Committed;
  readonly outbox: Outbox;
  readonly onChanged: (uris: Iterable<string>) => void;
  /** Resolves when files can be judged. */
  readonly ready: () => Promise<void>;
}

interface State {
  readonly folders: Set<string>;
  /** Folders whose files are not listed yet. */
  readonly unlisted: Set<string>;
  stopped: boolean;
  cancelled: boolean;
  /** How many of them were shown. */
  runs: number;
  /** The token of the progress that is shown. */
  shown: string | undefined;
  running: Promise<void> | undefined;
}

/** So many files are read before a user could ask what is going on. */
const silentCount = 200;

/** Makes a scan without folders. */
export function createScan(context: ScanContext): Scan {
  const folders = new Set<string>();
  const state: State = {
    folders,
    unlisted: new Set(),
    stopped: false,
    cancelled: false,
    runs: 0,
    shown: undefined,
    running: undefined,
  };
  return {
    folders,
    addFolders(added) {
      for (const folder of added) {
        folders.add(folder);
        state.unlisted.add(folder);
      }
      if (added.length > 0) start(context, state);
    },
    removeFolders(removed) {
      for (const folder of removed) {
        folders.delete(folder);
        state.unlisted.delete(folder);
      }
    },
    reread(uris) {
      const ours = uris.filter((it) => isInFolder(state, it));
      context.queue.add(ours);
      if (ours.length > 0) start(context, state);
    },
    look(inner) {
      const ours = inner.filter((it) => isInFolder(state, it));
      for (const it of ours) state.unlisted.add(it);
      if (ours.length > 0) start(context, state);
    },
    isRunning: () => state.running !== undefined,
    settled: async () => {
      while (state.running !== undefined) await state.running;
    },
    cancel(token) {
      if (token === state.shown) state.cancelled = true;
    },
    stop() {
      state.stopped = true;
    },
  };
}

/** One run after the other; a run takes up what is added while it goes on. */
function start(context: ScanContext, state: State): void {
  const before = state.running ?? Promise.resolve();
  const failed = (error: unknown): void => context.outbox.log(`reading the folders failed${placesOf(error)}`);
  const after = before.then(() => run(context, state)).catch(failed);
  state.running = after;
  after.then(() => {
    if (state.running === after) state.running = undefined;
  });
}

async function run(context: ScanContext, state: State): Promise<void> {
  const { client, queue, committed, outbox, onChanged } = context;
  const isStopped = (): boolean => state.stopped || state.cancelled;
  state.cancelled = false;
  await context.ready();
  const total = await listFolders(context, state, isStopped);
  const shows = total > silentCount && client.showsProgress;
  if (shows) state.runs += 1;
  const progress = shows ? openProgress(outbox, `registry-cache/read/${state.runs}`, total) : undefined;
  state.shown = progress?.token;
  try {
    await queue.drain({ isStopped, isWanted: (uri) => isInFolder(state, uri), onRead: progress?.step });
  } finally {
    progress?.end();
    state.shown = undefined;
  }
  if (state.cancelled) queue.clear();
  if (!isStopped()) onChanged(await committed.learn());
}

function isInFolder({ folders }: State, uri: string): boolean {
  for (const folder of folders) if (isBelow(folder, uri) && !isSkipped(folder, uri)) return true;
  return false;
}

/** What a reading of the folder passes by is none of it when it changes. */
function isSkipped(folder: string, uri: string): boolean {
  return uri
    .slice(folder.length)
    .split("/")
    .some((it) => skippedFolders.includes(it));
}

async function listFolders(
  { source, queue }: ScanContext,
  { unlisted }: State,
  isStopped: () => boolean,
): Promise<number> {
  let count = 0;
  for (const folder of unlisted) {
    unlisted.delete(folder);
    for await (const uris of source.list(folder)) {
      queue.add(uris);
      count += uris.length;
      if (isStopped()) return count;
      await pause();
    }
  }
  return count;
}
