/** A value, or one that takes a while. What is there at once is used at once. */
export type Soon<T> = T | Promise<T>;

/** A folder that is watched. */
export interface FolderWatch {
  /** Resolves when all that is there is watched. */
  readonly ready: Promise<void>;
  end(): void;
}

/**
 * Where the server finds the files that no editor has open. On Node it is the disk; in a web worker the client is asked.
 * Files are named by URI.
 */
export interface FileSource {
  /** The manifests and settings files of a folder and all below, a batch at a time. Ends early where it cannot be read. */
  list(folder: string): AsyncIterable<readonly string[]> | Iterable<readonly string[]>;
  /** The text of a file; undefined when there is none, it cannot be read, or holds no word of what concerns us. */
  read(uri: string): Soon<string | undefined>;
  /** The settings file that holds for the files of a folder: in it or the nearest above, up to the root of a repository. */
  settingsOf(folder: string): Soon<string | undefined>;
  /** Tells of files that change in a folder and all below, for a client that tells of none; undefined where that is not possible. */
  watch?(folder: string, onChanged: (uris: readonly string[]) => void): FolderWatch | undefined;
  /** Of the files those that Git tracks. It starts a process, so it is asked in trusted folders only. */
  tracked?(uris: readonly string[]): Soon<ReadonlySet<string>>;
  /** The text of a file in Git's last commit, undefined where it is not in there; or why Git cannot say. Asked in trusted folders only. */
  committed?(uri: string): Soon<{ readonly text: string | undefined } | { readonly message: string }>;
}
