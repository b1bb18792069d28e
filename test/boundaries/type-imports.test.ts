import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

/** `import("x").Name` in type position: a door that Biome does not see. `await import("x")` is one it sees. */
function typeImports(text: string): string[] {
  return [...text.matchAll(/(await |=> )?\bimport\([^)]*\)(\.\w+)?/g)]
    .filter(([, asValue, member]) => !asValue || member)
    .map(([found]) => found);
}

test("tells an import in type position from one in value position", () => {
  const text = `let a: import("./a.ts").A; await import("./b.ts"); () => import("./c.ts"); type D = () => import("./d.ts").D;`;
  expect(typeImports(text)).toEqual(['import("./a.ts").A', '=> import("./d.ts").D']);
});

test("no source imports in type position", () => {
  const sources = globSync(["packages/*/src/**/*.ts", "plugin/src/**/*.ts", "extension/src/**/*.ts"], { cwd: root });
  const found = sources.flatMap((file) =>
    typeImports(readFileSync(join(root, file), "utf8")).map((it) => `${file}: ${it}`),
  );
  expect(found).toEqual([]);
});

test("nothing of the protocol is there at run time", () => {
  const folder = "packages/language-server/src/protocol";
  const values = globSync(`${folder}/*.ts`, { cwd: root }).flatMap((file) => {
    const lines = readFileSync(join(root, file), "utf8").split("\n");
    return lines.filter((it) => /^(?:import|export) (?!type\b|interface\b)/.test(it)).map((it) => `${file}: ${it}`);
  });
  expect(values).toEqual([]);
});
