import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** What V8 made of our files in an earlier run, by file name. */
export interface CodeCache {
  /** What it gives is good until the next one is read. */
  readonly read: (name: string) => Buffer | undefined;
  /** Keeps what this run made; where that is not possible nothing is kept. */
  readonly write: (name: string, data: Buffer) => void;
}

/** So many builds and versions of Node keep their code; one takes about three megabytes. */
const keptFolders = 4;

/** Nearly every file fits in here, and what is not read into takes no memory. */
const usualSize = 2 ** 20;

/** Opens the code cache of one build for this version of Node, which is the only one that can use its code. */
export function openCodeCache(build: string): CodeCache | undefined {
  const root = cacheRoot();
  if (root === undefined) return undefined;
  const folder = join(root, `${build}-${process.version}-${process.arch}`);
  let room = Buffer.alloc(0);
  /** V8 copies what it reads, so all files are read into one place: what a start takes, a server keeps. */
  const roomFor = (size: number): Buffer => {
    if (room.length < size) room = Buffer.allocUnsafeSlow(Math.max(size, usualSize));
    return room.subarray(0, size);
  };
  return {
    read: (name) => quietly(() => readOwn(join(folder, name), roomFor)),
    write: (name, data) => {
      quietly(() => writeOwn(root, folder, { name, data }));
    },
  };
}

/** Node's own switch turns our cache off, too. */
function cacheRoot(): string | undefined {
  const { NODE_DISABLE_COMPILE_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (NODE_DISABLE_COMPILE_CACHE) return undefined;
  const home = quietly(homedir);
  const byPlatform = process.platform === "win32" ? LOCALAPPDATA : home && join(home, ...homeFolder());
  const base = XDG_CACHE_HOME || byPlatform;
  return base ? join(base, "kubectl-registry-cache") : undefined;
}

function homeFolder(): readonly string[] {
  return process.platform === "darwin" ? ["Library", "Caches"] : [".cache"];
}

/** Code is taken only from files that nobody but this user can write: root with another's home must not run it. */
function readOwn(path: string, roomFor: (size: number) => Buffer): Buffer | undefined {
  const file = openSync(path, "r");
  try {
    const { uid, mode, size } = fstatSync(file);
    const own = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
    const room = roomFor(size);
    return own && readSync(file, room) === size ? readTwin(room) : undefined;
  } finally {
    closeSync(file);
  }
}

function writeOwn(root: string, folder: string, { name, data }: { name: string; data: Buffer }): void {
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) dropOldFolders(root);
  const unfinished = join(folder, `${name}.${process.pid}`);
  try {
    // Renamed when it is whole: two programs may start at once.
    writeFileSync(unfinished, Buffer.concat([data, data]), { mode: 0o600 });
    renameSync(unfinished, join(folder, name));
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/**
 * V8 believes what it is given: a damaged byte ends the program, at each start anew. So the data are kept twice, and must
 * be equal. To compare them takes a tenth of the time in which Node loads what could sum them up.
 */
function readTwin(twins: Buffer): Buffer | undefined {
  const half = twins.length / 2;
  const data = twins.subarray(0, half);
  return Number.isInteger(half) && data.equals(twins.subarray(half)) ? data : undefined;
}

function dropOldFolders(root: string): void {
  const ours = readdirSync(root).filter((it) => it.endsWith(process.arch));
  const folders = ours.map((name) => ({
    path: join(root, name),
    age: -statSync(join(root, name)).mtimeMs,
  }));
  const old = folders.sort((a, b) => a.age - b.age).slice(keptFolders);
  for (const { path } of old) rmSync(path, { recursive: true, force: true });
}

/** A cache that cannot be used costs time and nothing else. */
function quietly<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
