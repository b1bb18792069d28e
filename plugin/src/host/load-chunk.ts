import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, isAbsolute, join, sep } from "node:path";
import { constants, Script } from "node:vm";
import { type CodeCache, openCodeCache } from "./code-cache.ts";

interface Run {
  readonly directory: string;
  readonly cache: CodeCache | undefined;
  readonly require: ChunkRequire;
  readonly modules: Map<string, { exports: unknown }>;
  /** The chunks that came with another. */
  readonly provided: Map<string, ChunkBody>;
  /** The chunks that were compiled without the cache. */
  readonly fresh: Map<string, Script>;
}

/** A chunk as the build writes it: the function around a CommonJS module. */
type ChunkBody = (
  ...given: [exports: unknown, require: ChunkRequire, module: object, filename: string, directory: string]
) => void;

/** What a chunk has for `require`. */
interface ChunkRequire {
  (name: string): unknown;
  readonly resolve: NodeJS.RequireResolve;
  /** Takes a chunk that the build has put into another. */
  readonly provide: (name: string, body: ChunkBody) => void;
}

/** V8 forgets what a long run needed at its start, so a short one has to fill the cache, or a long one before that. */
const longRunSeconds = 3;

/** A server never ends in time. It has handled its first documents by then. */
const startSeconds = 2;

declare const BUILD: string;

/** Gives what a chunk of the bundle exports, as `require` does, but with the code cache. The build calls this for each dynamic import. */
export function loadChunk(name: string): unknown {
  run ??= openRun(join(__dirname, "lib"));
  return run.require(name);
}

let run: Run | undefined;

function openRun(directory: string): Run {
  const cache = openCodeCache(BUILD);
  const native = createRequire(join(directory, "main.js"));
  const require = Object.assign((name: string) => load(opened, name, native), {
    resolve: native.resolve,
    provide: (name: string, body: ChunkBody) => {
      opened.provided.set(name, body);
    },
  });
  const opened: Run = { directory, cache, require, modules: new Map(), provided: new Map(), fresh: new Map() };
  if (cache === undefined) return opened;
  process.on("exit", () => fillCache(opened, cache));
  setTimeout(() => fillCache(opened, cache), startSeconds * 1000).unref();
  return opened;
}

function load(run: Run, name: string, native: NodeJS.Require): unknown {
  const chunk = chunkOf(run, name);
  if (chunk === undefined) return native(name);
  const known = run.modules.get(chunk);
  if (known !== undefined) return known.exports;
  const { directory, require, modules, provided } = run;
  const module = { exports: {} };
  modules.set(chunk, module);
  const filename = directory + sep + chunk.slice(2);
  const body: ChunkBody = provided.get(chunk) ?? compile(run, filename).runInThisContext();
  body(module.exports, require, module, filename, directory);
  return module.exports;
}

/** The name of a chunk as chunks call each other, such as ./diff-ABC.js. oclif asks for the program's own file by its absolute path. */
function chunkOf({ directory }: Run, name: string): string | undefined {
  if (name.startsWith("./")) return name;
  return isAbsolute(name) && dirname(name) === directory ? `./${basename(name)}` : undefined;
}

function compile({ cache, fresh, directory }: Run, filename: string): Script {
  // The build leaves nothing but ASCII, which Latin-1 reads fastest.
  const text = readFileSync(filename, "latin1");
  const name = filename.slice(directory.length + 1);
  const cachedData = cache?.read(name);
  const script = new Script(text, {
    filename,
    // oclif loads modules of others dynamically.
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  if (cachedData === undefined || script.cachedDataRejected) fresh.set(name, script);
  return script;
}

/** At the end, so that the functions that were needed are in it. */
function fillCache({ fresh }: Run, cache: CodeCache): void {
  if (process.uptime() > longRunSeconds) return;
  for (const [name, script] of fresh) cache.write(name, script.createCachedData());
  fresh.clear();
}
