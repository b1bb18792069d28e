import { setFlagsFromString } from "node:v8";

/** So many files are a folder to be read, not one that somebody has opened. */
const manyFiles = 50;

/** A piece of a message as long as this is from a document of a thousand lines, of which each keystroke walks through a part. */
const longPiece = 32 * 1024;

/** So much time of a processor tells of documents that take long at every keystroke, in microseconds. */
const muchTime = 1_000_000;

/** Tells V8 when to optimize. */
export interface LateCompiler {
  /** To be told of each file that is read. */
  readFile(): void;
  /** To be told of each piece of a message that arrives. */
  hear(piece: Uint8Array): void;
}

/** What it needs of Node. */
export interface Engine {
  setFlag(flag: string): void;
  /** Time of a processor that was used so far, in microseconds. */
  usedTime(): number;
  /** Such as `13.6.233`. */
  readonly v8: string;
}

const ownEngine: Engine = {
  setFlag: setFlagsFromString,
  usedTime() {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  v8: process.versions.v8,
};

/**
 * Suits V8 to a server of an editor. While somebody types, its compilers take megabytes and a core for functions that take
 * a millisecond as they are. So it gets to optimize only where there is much to do, as in thousands of files, and that by
 * the smaller of its two compilers. What lives longer than a keystroke is little, so the space for the rest need not grow.
 */
export function compileLate({ setFlag, usedTime, v8 }: Engine = ownEngine): LateCompiler {
  setFlag("--semi-space-growth-factor=1");
  // Node 20 has one compiler alone, and prints an error for a flag that it does not know.
  if (Number.parseInt(v8, 10) < 12) return { readFile: () => undefined, hear: () => undefined };
  setFlag("--no-turbofan");
  // Then, too, only what runs very often.
  setFlag("--invocation-count-for-maglev=1000");
  setFlag("--no-maglev");
  let files = 0;
  let compiles = false;
  const compile = (): void => {
    compiles = true;
    setFlag("--maglev");
  };
  return {
    readFile() {
      files += 1;
      if (!compiles && files >= manyFiles) compile();
    },
    hear(piece) {
      if (!compiles && (piece.length >= longPiece || usedTime() >= muchTime)) compile();
    },
  };
}
