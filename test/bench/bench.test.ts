import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("main.ts", import.meta.url));

// Figures are for people: what a shared machine measures must never fail a build.
test("the benchmarks run in their small size and print their ratios", { timeout: 120_000 }, () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--conditions=source", main, "--small"], {
    encoding: "utf8",
  });
  process.stdout.write(stdout);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const titles = [
    "start with Node",
    "lint of one file",
    "lint of 200",
    "lint of 200",
    "lint of 200",
    "edit of one Shoot",
    "an editor with 1 Shoot",
    "status of 200",
    "list of 200",
  ];
  const title =
    /^(start with Node|lint of (one file|\d+)|edit of one Shoot|an editor with 1 Shoot|status of \d+|list of \d+)/gm;
  expect(stdout.match(title)).toEqual(titles);
  expect(stdout.match(/(times the first|of it is our CPU time)/g)?.length).toBe(3 + 1 + 3 + 3 + 2);
});
