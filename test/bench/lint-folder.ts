import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findKubectl } from "../tools/kubectl.ts";
import { makeShoots } from "./make-shoots.ts";
import { measureRounds, printFigures, type Subject } from "./rounds.ts";

const plugin = fileURLToPath(new URL("../../plugin/dist/kubectl-registry_cache.js", import.meta.url));
const kubectl = findKubectl();

/** How many files, and how often. */
export interface FolderSize {
  readonly count: number;
  readonly rounds: number;
}

/** `lint -R` of a folder beside kubectl, which decodes the same files. The goal is a third of its CPU time. */
export function benchBesideKubectl(size: FolderSize): void {
  if (!kubectl.met) {
    console.log(`\nlint beside kubectl is left out: ${kubectl.reason}`);
    return;
  }
  const argv = (directory: string) => ["label", "--local", "-R", "-f", directory, "bench=yes", "-o", "name"];
  bench(size, "goal 1/3", (directory) => [
    { name: "kubectl label --local -R", command: kubectl.path, argv: argv(directory), exits: [0] },
  ]);
}

/** The same beside `yaml` and ajv. The goal is a fifth. */
export function benchBesideAjv(size: FolderSize): void {
  bench(size, "goal 1/5", (directory) => [
    { name: "yaml and ajv", ...script("peer-yaml-ajv.ts", directory), exits: [1] },
  ]);
}

/** The same beside the loop of yaml-language-server. The goal is an eighth. */
export function benchBesideLanguageServer(size: FolderSize): void {
  bench(size, "goal 1/8", (directory) => [
    { name: "yaml-language-server's doValidation", ...script("peer-yls.ts", directory), exits: [1] },
  ]);
}

function script(file: string, directory: string): Pick<Subject, "argv"> {
  return { argv: ["--conditions=source", fileURLToPath(new URL(file, import.meta.url)), directory] };
}

function bench({ count, rounds }: FolderSize, goal: string, peersOf: (directory: string) => readonly Subject[]): void {
  const directory = mkdtempSync(join(tmpdir(), "registry-cache-bench-shoots-"));
  try {
    makeShoots(directory, count);
    const lint: Subject = { name: "lint -R", argv: [plugin, "lint", "-R", "-f", directory], exits: [1] };
    const subjects = [lint, ...peersOf(directory)];
    const title = `lint of ${count} Shoots of 120 lines, ${rounds} interleaved rounds, medians (peak RSS: the largest), ${goal}`;
    printFigures(title, subjects, measureRounds(subjects, rounds), shareOf);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function shareOf(ours: number, theirs: number): string {
  return `${(ours / theirs).toFixed(3)} of it is our CPU time (1/${(theirs / ours).toFixed(1)})`;
}
