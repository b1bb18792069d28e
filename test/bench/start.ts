import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findKubectl } from "../tools/kubectl.ts";
import { makeShoots } from "./make-shoots.ts";
import { measureRounds, printFigures, type Subject } from "./rounds.ts";

const plugin = fileURLToPath(new URL("../../plugin/dist/kubectl-registry_cache.js", import.meta.url));
const kubectl = findKubectl();

/** What a start costs: --version and --help beside an empty script, and lint of one file beside kubectl's own version. */
export function benchStart(rounds: number): void {
  const directory = mkdtempSync(join(tmpdir(), "registry-cache-bench-start-"));
  try {
    makeShoots(directory, 1);
    const empty = join(directory, "empty.cjs");
    writeFileSync(empty, "");
    const node = (name: string, ...argv: readonly string[]): Subject => ({
      name,
      command: process.execPath,
      argv,
      exits: [0],
    });
    const version = `${process.version}, ${rounds} interleaved rounds, medians`;
    compare(`start with Node ${version}, goal 1.2`, rounds, [
      node("an empty script", empty),
      node("--version", plugin, "--version"),
      node("--help", plugin, "--help"),
      node("completion of a flag", plugin, "__complete", "lint", "--"),
    ]);
    if (!kubectl.met) {
      console.log(`\nlint of one file beside kubectl is left out: ${kubectl.reason}`);
      return;
    }
    const file = join(directory, "project-0/shoot-0.yaml");
    compare(`lint of one file with Node ${version}, goal 1.2`, rounds, [
      { name: "kubectl version --client", command: kubectl.path, argv: ["version", "--client"], exits: [0] },
      node("lint one.yaml", plugin, "lint", "-f", file),
    ]);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function compare(title: string, rounds: number, subjects: readonly Subject[]): void {
  // Once before, so that the code cache is filled as it is for a user.
  measureRounds(subjects, 1);
  printFigures(
    title,
    subjects,
    measureRounds(subjects, rounds),
    (first, other) => `${(other / first).toFixed(2)} times the first`,
  );
}
