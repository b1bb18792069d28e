import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { watchFolder } from "./watch-folder.ts";

/** A watched directory with what was told of it so far, by paths from it. */
async function watched(): Promise<{ readonly root: string; readonly told: Set<string>; readonly end: () => void }> {
  const root = mkdtempSync(join(tmpdir(), "watch-folder-"));
  mkdirSync(join(root, "a/b"), { recursive: true });
  mkdirSync(join(root, "node_modules"));
  writeFileSync(join(root, "a/b/first.yaml"), "x");
  const told = new Set<string>();
  const { ready, end } = watchFolder(root, (paths) => {
    for (const it of paths) told.add(it.slice(root.length + 1));
  });
  onTestFinished(() => {
    end();
    rmSync(root, { recursive: true, force: true });
  });
  await ready;
  return { root, told, end };
}

async function tells(told: ReadonlySet<string>, expected: readonly string[]): Promise<void> {
  await expect.poll(() => [...told].sort(), { timeout: 10_000 }).toEqual([...expected].sort());
}

test("tells of manifests that are made, changed and deleted, and of no other file", async () => {
  const { root, told } = await watched();
  writeFileSync(join(root, "a/notes.txt"), "x");
  writeFileSync(join(root, "node_modules/x.yaml"), "x");
  writeFileSync(join(root, "a/new.yml"), "x");
  rmSync(join(root, "a/b/first.yaml"));
  await tells(told, [join("a", "new.yml"), join("a", "b", "first.yaml")]);
});

test("goes into directories that come, and tells of one that has gone by its name", async () => {
  const { root, told } = await watched();
  mkdirSync(join(root, "later/deep"), { recursive: true });
  writeFileSync(join(root, "later/deep/x.json"), "{}");
  await tells(told, [join("later", "deep", "x.json")]);
  told.clear();
  renameSync(join(root, "later"), join(root, "moved"));
  await tells(told, ["later", join("moved", "deep", "x.json")]);
  told.clear();
  writeFileSync(join(root, "moved/deep/y.yaml"), "x");
  await tells(told, [join("moved", "deep", "y.yaml")]);
});

test("ends, and what is not there is not watched", async () => {
  const { root, told, end } = await watched();
  end();
  writeFileSync(join(root, "a/late.yaml"), "x");
  const nowhere = watchFolder(join(root, "nowhere"), () => told.add("nowhere"));
  await new Promise((resolve) => setTimeout(resolve, 300));
  nowhere.end();
  expect([...told]).toEqual([]);
});
