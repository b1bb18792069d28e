// What esbuild must be told so that a program loads nothing before it needs it.
import { basename } from "node:path";

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
