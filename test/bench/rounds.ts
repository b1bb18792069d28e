import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A program to measure: a Node script and its arguments. It may end with any of the exit codes given. */
export interface Subject {
  readonly name: string;
  readonly argv: readonly string[];
  readonly exits: readonly number[];
}

/** Medians over the rounds: milliseconds of CPU and wall time, MiB of peak memory. */
export interface Figures {
  readonly cpu: number;
  readonly wall: number;
  readonly rss: number;
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
    rss: Math.max(...it.map((run) => run.rss)),
  }));
}

function measure({ name, argv, exits }: Subject): Figures {
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

/** A table of the subjects with the ratio of each to the first, for people to read. */
export function printFigures(title: string, subjects: readonly Subject[], figures: readonly Figures[]): void {
  const [first] = figures;
  console.log(`\n${title}`);
  figures.forEach(({ cpu, wall, rss }, index) => {
    const ratio =
      first && index > 0
        ? `  ${(first.cpu / cpu).toFixed(3)} of it is our CPU time (1/${(cpu / first.cpu).toFixed(1)})`
        : "";
    const name = (subjects[index]?.name ?? "").padEnd(24);
    console.log(
      `  ${name} CPU ${cpu.toFixed(0).padStart(7)} ms  wall ${wall.toFixed(0).padStart(7)} ms  peak RSS ${rss.toFixed(0).padStart(5)} MiB${ratio}`,
    );
  });
}
