import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const sources = readdirSync(fileURLToPath(new URL(".", import.meta.url)), { encoding: "utf8", recursive: true })
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .map((name) => read(name));

/** The texts that a source shows, as translators get them. */
function shownTexts(source: string): string[] {
  return [...source.matchAll(/\bl10n\.t\(\s*(?:"((?:[^"\\]|\\.)*)"|'([^'\\]*)')/g)].map(
    ([, text, quoting]) => text ?? quoting ?? "",
  );
}

test("every text that is shown is in the bundle for translators, and nothing else", () => {
  const shown = [...new Set(sources.flatMap(shownTexts))].sort();
  expect(JSON.parse(read("../l10n/bundle.l10n.json"))).toEqual(Object.fromEntries(shown.map((it) => [it, it])));
});

test("every text of the manifest is in package.nls.json, and nothing else", () => {
  const used = [...read("../package.json").matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? "");
  expect(Object.keys(JSON.parse(read("../package.nls.json"))).sort()).toEqual([...new Set(used)].sort());
});
