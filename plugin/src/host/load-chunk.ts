import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { constants, Script } from "node:vm";
import { type CodeCache, openCodeCache } from "./code-cache.ts";

interface Run {
  readonly directory: string;
  readonly cache: CodeCache | undefined;
  readonly require: NodeJS.Require;
  readonly modules: Map<string, { exports: unknown }>;
  /** The chunks that were compiled without the cache. */
  readonly fresh: Map<string, Script>;
}

/** V8 forgets what a long run needed at its start, so a short one has to fill the cache, or a long one before that. */
const longRunSeconds = 3;

/** A server never ends in time. It has handled its first documents by then. */
const startSeconds = 2;

declare const BUILD: string;

/** Gives what a chunk of the bundle exports, as `require` does, but with the code cache. The build calls this for each dynamic import. */
export function loadChunk(name: string): unknown {
  run ??= openRun(join(__dirname, "lib"));
  return load(run, name);
}

let run: Run | undefined;

function openRun(directory: string): Run {
  const cache = openCodeCache(BUILD);
  const opened = {
    directory,
    cache,
    require: createRequire(join(directory, "main.js")),
    modules: new Map(),
    fresh: new Map(),
  };
  if (cache === undefined) return opened;
  process.on("exit", () => fillCache(opened, cache));
  setTimeout(() => fillCache(opened, cache), startSeconds * 1000).unref();
  return opened;
}

function load(run: Run, name: string): unknown {
  const file = fileOf(run, name);
  if (file === undefined) return run.require(name);
  const known = run.modules.get(file);
  if (known !== undefined) return known.exports;
  const module = { exports: {} };
  run.modules.set(file, module);
  const require = Object.assign((it: string) => load(run, it), { resolve: run.require.resolve });
  compile(run, file).runInThisContext()(module.exports, require, module, file, run.directory);
  return module.exports;
}

/** oclif asks for the program's own file by its absolute path. */
function fileOf({ directory }: Run, name: string): string | undefined {
  if (name.startsWith("./")) return join(directory, name);
  return dirname(name) === directory ? name : undefined;
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
