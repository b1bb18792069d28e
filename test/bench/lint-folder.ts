import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeShoots } from "./make-shoots.ts";
import { measureRounds, printFigures, type Subject } from "./rounds.ts";

const plugin = fileURLToPath(new URL("../../plugin/dist/kubectl-registry_cache.js", import.meta.url));
const peer = fileURLToPath(new URL("peer-yaml-ajv.ts", import.meta.url));

/** `lint -R` of a folder of Shoots beside `yaml` and ajv over the same files. The goal is a fifth of their CPU time. */
export function benchLintFolder(count: number, rounds: number): void {
  const directory = mkdtempSync(join(tmpdir(), "registry-cache-bench-shoots-"));
  try {
    makeShoots(directory, count);
    const subjects: readonly Subject[] = [
      { name: "lint -R", argv: [plugin, "lint", "-R", "-f", directory], exits: [1] },
      { name: "yaml and ajv", argv: ["--conditions=source", peer, directory], exits: [1] },
    ];
    const title = `lint of ${count} Shoots of 120 lines, ${rounds} interleaved rounds, medians (peak RSS: the largest)`;
    printFigures(title, subjects, measureRounds(subjects, rounds));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
