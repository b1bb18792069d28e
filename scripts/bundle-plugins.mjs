// What esbuild must be told so that a program loads nothing before it needs it.
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Keeps modules that our sources and vscode-jsonrpc import out of the way until one of their functions is called. `targets` gives for each import the module to load
 * and the names of its functions.
 */
export function lazyModules(targets) {
  return {
    name: "lazy modules",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^(node:)?\w+$/, namespace: "file" }, ({ path, importer }) => {
        const ours = !importer.includes("node_modules") || importer.includes("vscode-jsonrpc");
        return ours && targets.has(path) ? { path, namespace: "lazy", sideEffects: false } : undefined;
      });
      onResolve({ filter: /.*/, namespace: "lazy" }, ({ path }) => ({ path, external: true }));
      onLoad({ filter: /.*/, namespace: "lazy" }, ({ path }) => ({ contents: lazyModule(targets.get(path)) }));
    },
  };
}

function lazyModule({ module, names }) {
  return [
    "let library;",
    `const load = () => (library ??= require("${module}"));`,
    ...names.map((name) => `export const ${name} = (...given) => load().${name}(...given);`),
  ].join("\n");
}

/** Makes each import() load its chunk through the program's own loader. `chunks` gives the chunk of a source file. */
export function chunkImports(chunks, loader) {
  return {
    name: "chunk imports",
    setup({ onResolve, onLoad, initialOptions }) {
      onResolve({ filter: /^\./ }, ({ path, kind }) =>
        kind === "dynamic-import" ? { path: basename(path), namespace: "chunk" } : undefined,
      );
      onLoad({ filter: /.*/, namespace: "chunk" }, ({ path }) => ({
        contents: `module.exports = require("${loader}").loadChunk("./${chunks.get(path)}");`,
        resolveDir: initialOptions.absWorkingDir,
      }));
    },
  };
}

/**
 * Lets our sources import each name from the module that holds it, not from the index of its package. esbuild puts into a chunk
 * all that can be reached: through an index every command would load what any of them needs.
 */
export function directImports(packages) {
  const holders = new Map(packages.map(({ name, index }) => [name, readIndex(index)]));
  return {
    name: "direct imports",
    setup({ onLoad }) {
      onLoad({ filter: /\/(?:packages|plugin)\/.*\.ts$/ }, ({ path }) => {
        if (path.includes("node_modules")) return undefined;
        const contents = readFileSync(path, "utf8").replace(importStatement, (statement, typeOnly, names, name) => {
          const index = holders.get(name);
          return index === undefined || typeOnly ? statement : (splitImport(names, name, holders) ?? statement);
        });
        return { contents, loader: "ts" };
      });
    },
  };
}

const importStatement = /^import (type )?\{([^}]*)\} from "([^"]+)";/gm;
const exportStatement = /^export (type )?\{([^}]*)\} from "([^"]+)";/gm;
const exportAllStatement = /^export \* from "(\.[^"]+)";/gm;

/** The module that holds each name of an index, through further lists of exports, too. */
function readIndex(file) {
  const text = readFileSync(file, "utf8");
  const lists = [...text.matchAll(exportAllStatement)].map(([, list]) => readIndex(join(dirname(file), list)));
  const holders = new Map(lists.flatMap((it) => [...it]));
  for (const [, , names, from] of text.matchAll(exportStatement)) {
    const module = from.startsWith(".") ? join(dirname(file), from) : from;
    for (const { name, as } of namesIn(names)) holders.set(as, { module, name });
  }
  return holders;
}

function splitImport(names, from, holders) {
  const parts = namesIn(names).filter((it) => !it.isType);
  const found = parts.map(({ name, as }) => ({ ...findHolder(from, name, holders), as }));
  if (found.some((it) => it.module === undefined)) return undefined;
  return found.map(({ module, name, as }) => `import { ${name} as ${as} } from "${module}";`).join(" ");
}

/** An index may hand on what another package's index lists. */
function findHolder(from, name, holders) {
  const held = holders.get(from)?.get(name);
  return held !== undefined && holders.has(held.module) ? findHolder(held.module, held.name, holders) : held;
}

function namesIn(list) {
  return list
    .split(",")
    .map((it) => it.trim())
    .filter((it) => it !== "")
    .map((it) => {
      const isType = it.startsWith("type ");
      const [name, as = name] = it.replace(/^type /, "").split(" as ");
      return { name, as, isType };
    });
}
