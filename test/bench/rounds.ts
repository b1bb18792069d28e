import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureProgram } from "./measure-program.ts";

/** A program to measure: a command, or a Node script, and its arguments. It may end with any of the exit codes given. */
export interface Subject {
  readonly name: string;
  /** Without it, `argv` is what Node gets, and it is measured from within. */
  readonly command?: string;
  readonly argv: readonly string[];
  readonly exits: readonly number[];
}

/** Medians over the rounds: milliseconds of CPU and wall time, MiB of peak memory where that is known. */
export interface Figures {
  readonly cpu: number;
  readonly wall: number;
  readonly rss: number | undefined;
}

/** Runs the subjects in turn, round after round, so that a machine that slows down slows all of them. */
export function measureRounds(subjects: readonly Subject[], rounds: number): readonly Figures[] {
  const runs: Figures[][] = subjects.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    subjects.forEach((subject, index) => {
      runs[index]?.push(measure(subject));
    });
  }
  return runs.map((it) => ({
    cpu: median(it.map((run) => run.cpu)),
    wall: median(it.map((run) => run.wall)),
    rss: it.some((run) => run.rss === undefined) ? undefined : Math.max(...it.map((run) => run.rss ?? 0)),
  }));
}

function measure(subject: Subject): Figures {
  const { name, command, argv, exits } = subject;
  if (command !== undefined) return measureProgram({ ...subject, command });
  const scratch = mkdtempSync(join(tmpdir(), "registry-cache-bench-"));
  const file = join(scratch, "figures.json");
  const preload = ["--import", new URL("measure.mjs", import.meta.url).href];
  // An extra CA bundle is parsed at every start of Node 20, which is none of our cost.
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const run = spawnSync(process.execPath, [...preload, ...argv], {
    env: { ...env, MEASURE_FILE: file },
    maxBuffer: 1 << 28,
  });
  if (run.status === null || !exits.includes(run.status))
    throw new Error(`${name} ended with ${run.status ?? run.signal}: ${run.stderr}`);
  const figures: Figures = JSON.parse(readFileSync(file, "utf8"));
  rmSync(scratch, { recursive: true });
  return figures;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** A table of the subjects, for people to read. `ratio` says of each after the first how it stands to the first. */
export function printFigures(
  title: string,
  subjects: readonly Subject[],
  figures: readonly Figures[],
  ratio: (first: number, other: number) => string,
): void {
  const [first] = figures;
  console.log(`\n${title}`);
  figures.forEach(({ cpu, wall, rss }, index) => {
    const name = (subjects[index]?.name ?? "").padEnd(36);
    const memory = rss === undefined ? "" : `  peak RSS ${rss.toFixed(0).padStart(5)} MiB`;
    const compared = first && index > 0 ? `  ${ratio(first.cpu, cpu)}` : "";
    console.log(
      `  ${name} CPU ${cpu.toFixed(1).padStart(8)} ms  wall ${wall.toFixed(1).padStart(8)} ms${memory}${compared}`,
    );
  });
}
