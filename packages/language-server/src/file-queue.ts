import type { FileSource } from "./file-source.ts";
import type { KnownFiles } from "./known-files.ts";
import type { SettingsIndex } from "./settings-index.ts";
import { pause } from "./timer.ts";

/** Files on disk that are to be read. They are read a few milliseconds at a time, so that nobody who types has to wait. */
export interface FileQueue {
  add(uris: Iterable<string>): void;
  /** Reads what was added until nothing is left or it is stopped. */
  drain(order: Order): Promise<void>;
  clear(): void;
}

/** Which files are read, and who hears how many are left. */
export interface Order {
  readonly isStopped: () => boolean;
  /** A file that nobody wants any more, when its turn comes, is forgotten. */
  readonly isWanted: (uri: string) => boolean;
  readonly onRead?: ((left: number) => void) | undefined;
}

/** What the queue needs, and who hears of files whose findings may have changed. */
export interface QueueContext {
  readonly files: KnownFiles;
  readonly settings: SettingsIndex;
  readonly source: FileSource;
  readonly onChanged: (uris: Iterable<string>) => void;
}

/** So long others wait for a turn, in milliseconds. */
const slice = 5;

/** Makes an empty queue. */
export function createFileQueue({ files, settings, source, onChanged }: QueueContext): FileQueue {
  const queue = new Set<string>();
  return {
    add(uris) {
      for (const uri of uris) queue.add(uri);
    },
    clear: () => queue.clear(),
    async drain({ isStopped, isWanted, onRead }) {
      const changed = new Set<string>();
      let until = performance.now() + slice;
      for (const uri of queue) {
        if (isStopped()) break;
        queue.delete(uri);
        await settings.load(uri);
        const text = files.open.has(uri) ? undefined : await source.read(uri);
        // Its folder may have left while the file was read.
        for (const it of files.read(uri, isWanted(uri) ? text : undefined)) changed.add(it);
        if (performance.now() < until) continue;
        onRead?.(queue.size);
        onChanged(changed);
        changed.clear();
        await pause();
        until = performance.now() + slice;
      }
      if (changed.size > 0) onChanged(changed);
    },
  };
}
