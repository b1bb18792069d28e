import { basename, dirname } from "node:path";
import { mayConcernUs } from "@registry-cache/core";
import { runGit } from "./git.ts";
import { manifestName, quietStat } from "./list-sources.ts";
import { maxBytes } from "./read-bytes.ts";
import type { Problem } from "./source.ts";

/** A file as it was at a revision. */
export interface RevisionFile {
  readonly uri: string;
  /** As `relativePath` of the source that it once was. */
  readonly relative: string;
  readonly text: string;
}

/**
 * Reads what the named files and directories held at a revision, a few files at a time. Names that cannot be
 * looked up there, and revisions that do not exist, are told to `report`.
 */
export function* readRevision(
  revision: string,
  names: readonly string[],
  { recursive, report }: { readonly recursive: boolean; readonly report: (problem: Problem) => void },
): Iterable<RevisionFile> {
  const commits = new Map<string, Commit>();
  const fail = (message: string): void => report({ file: `git:${revision}`, message });
  for (const name of names) {
    const place = placeOf(name);
    if (place === undefined) continue;
    const commit = commits.get(place.directory) ?? resolve(place.directory, revision);
    commits.set(place.directory, commit);
    const tree = "message" in commit ? commit : listTree(commit.id, place, recursive);
    if ("message" in tree) fail(tree.message);
    else yield* readBlobs(tree, revision, fail);
  }
}

interface Place {
  readonly directory: string;
  /** Absent for the directory itself. */
  readonly file?: string;
}

type Commit = { readonly id: string } | { readonly message: string };

interface Blob {
  readonly id: string;
  readonly size: number;
  readonly relative: string;
}

interface Tree {
  readonly directory: string;
  readonly blobs: readonly Blob[];
}

function listTree(commit: string, { directory, file }: Place, recursive: boolean): Tree | { readonly message: string } {
  const which = file === undefined ? [...(recursive ? ["-r"] : []), commit] : [commit, "--", file];
  const result = runGit(directory, ["ls-tree", "-z", "-l", ...which]);
  if ("message" in result) return result;
  const blobs = result.output.toString().split("\0").flatMap(toBlob);
  return { directory, blobs: file === undefined ? blobs.filter((it) => manifestName.test(it.relative)) : blobs };
}

/** Undefined for what is not there any more; whoever reads it tells of that. */
function placeOf(name: string): Place | undefined {
  const stat = quietStat(name);
  if (stat === undefined) return undefined;
  return stat.isDirectory() ? { directory: name } : { directory: dirname(name), file: basename(name) };
}

function resolve(directory: string, revision: string): Commit {
  const unknown = { message: `unknown revision "${revision}"` };
  // What begins with a dash would be an option of git.
  if (revision === "" || revision.startsWith("-") || revision.includes("\0")) return unknown;
  const inside = runGit(directory, ["rev-parse", "--git-dir"]);
  if ("message" in inside) return { message: `${directory}: ${inside.message}` };
  const result = runGit(directory, ["rev-parse", "--verify", "--quiet", `${revision}^{commit}`]);
  const id = "output" in result ? result.output.toString().trim() : "";
  return /^[0-9a-f]{40,64}$/.test(id) ? { id } : unknown;
}

/** `100644 blob <id> <size>\t<path>`; links and submodules are no blobs of text. */
function toBlob(line: string): readonly Blob[] {
  const [, id, size, relative] = /^100\d+ blob ([0-9a-f]+) +(\d+)\t(.*)$/s.exec(line) ?? [];
  return id === undefined || relative === undefined ? [] : [{ id, size: Number(size), relative }];
}

/** So much is held in memory at once. */
const batchBytes = 4 * 1024 * 1024;

function* readBlobs(tree: Tree, revision: string, fail: (message: string) => void): Iterable<RevisionFile> {
  for (const batch of batches(tree.blobs.filter((it) => it.size <= maxBytes))) {
    const input = batch.map((it) => `${it.id}\n`).join("");
    const result = runGit(tree.directory, ["cat-file", "--batch"], input);
    if ("message" in result) {
      fail(result.message);
      return;
    }
    yield* split(result.output, batch, revision);
  }
}

function* batches(blobs: readonly Blob[]): Iterable<readonly Blob[]> {
  let batch: Blob[] = [];
  let bytes = 0;
  for (const blob of blobs) {
    if (batch.length > 0 && bytes + blob.size > batchBytes) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(blob);
    bytes += blob.size;
  }
  if (batch.length > 0) yield batch;
}

/** Each object is `<id> blob <size>`, a line feed, its bytes, a line feed; one that is missing has a line only. */
function* split(output: Buffer, batch: readonly Blob[], revision: string): Iterable<RevisionFile> {
  let at = 0;
  for (const { relative } of batch) {
    const end = output.indexOf(10, at);
    const size = / blob (\d+)$/.exec(output.toString("latin1", at, end))?.[1];
    at = end + 1;
    if (size === undefined) continue;
    const text = output.toString("utf8", at, at + Number(size));
    at += Number(size) + 1;
    if (mayConcernUs(text)) yield { uri: `git:${revision}:${relative}`, relative, text };
  }
}
