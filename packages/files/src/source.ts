import { dirname } from "node:path";

/** A file to be read, or standard input. */
export interface Source {
  /** The name as the user wrote it; for a file of a directory, that name with the rest of the path. It also opens the file. */
  readonly uri: string;
  /** The user named the file itself, not a directory above it. */
  readonly named: boolean;
  /** Where in `uri` the path below the named directory begins. */
  readonly base: number;
}

/** Why a file could not be read or written, in plain words. */
export interface Problem {
  readonly file: string;
  readonly message: string;
}

/** What standard input is called in messages. `-` names it on the command line. */
export const stdinUri = "<stdin>";

/** The path of a source below the directory that the user named, or the file's own name. */
export function relativePath({ uri, base }: Source): string {
  return uri.slice(base);
}

/** The folder of a file. */
export function folderOfFile(uri: string): string {
  return dirname(uri);
}
