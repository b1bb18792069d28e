import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readyMadeManifests } from "./ready-made.ts";

const folder = join(import.meta.dirname, "../manifests");

test.each(readyMadeManifests())("manifests/$path is what the renderer writes", async ({ path, text }) => {
  await expect(text).toMatchFileSnapshot(join(folder, path));
});

test("the folder holds nothing else", () => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  const paths = files.map((it) => join(it.parentPath, it.name).slice(folder.length + 1)).sort();
  expect(paths).toEqual(
    readyMadeManifests()
      .map((it) => it.path)
      .sort(),
  );
});
