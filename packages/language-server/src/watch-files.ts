import { settingsFileName } from "@registry-cache/core";
import type { Client } from "./client.ts";
import type { FileSource, FolderWatch } from "./file-source.ts";
import type { Outbox } from "./outbox.ts";

/** Hears of files that change on disk. */
export interface Watch {
  /** Begins to hear of those in the folders: from the client where it can tell, else by watching them. */
  start(folders: Iterable<string>): void;
  /** Hears of those in these folders alone from now on. */
  follow(folders: ReadonlySet<string>): void;
  /** Resolves when none is missed that is read from then on. */
  ready(): Promise<void>;
  stop(): void;
}

/** What a watch needs. */
export interface WatchContext {
  readonly client: Client;
  readonly source: FileSource;
  readonly outbox: Outbox;
  readonly onChanged: (uris: readonly string[]) => void;
}

/** Makes a watch that hears of nothing yet. */
export function createWatch(context: WatchContext): Watch {
  const { client, source, onChanged } = context;
  const watched = new Map<string, FolderWatch | undefined>();
  const follow = (folders: ReadonlySet<string>): void => {
    if (client.watchesFiles || source.watch === undefined) return;
    for (const [folder, watch] of watched) {
      if (folders.has(folder)) continue;
      watch?.end();
      watched.delete(folder);
    }
    for (const it of folders) if (!watched.has(it)) watched.set(it, source.watch(it, onChanged));
  };
  return {
    start(folders) {
      if (client.watchesFiles) askClient(context);
      else follow(new Set(folders));
    },
    follow,
    async ready() {
      for (const it of watched.values()) await it?.ready;
    },
    stop: () => follow(new Set()),
  };
}

function askClient({ outbox }: WatchContext): void {
  const watchers = ["**/*.{yaml,yml,json}", `**/${settingsFileName}`].map((globPattern) => ({ globPattern }));
  const method = "workspace/didChangeWatchedFiles";
  outbox.ask("client/registerCapability", {
    registrations: [{ id: "registry-cache/files", method, registerOptions: { watchers } }],
  });
}
