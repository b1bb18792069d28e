import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { measureRounds, printFigures, type Subject } from "./rounds.ts";

/** How many Shoots and Secrets, and how often. */
export interface GardenSize {
  readonly count: number;
  readonly rounds: number;
}

/** Lists of a whole garden beside the official client: at most 1/2.5 of its time and 1/4 of its peak memory. */
export async function benchGarden({ count, rounds }: GardenSize): Promise<void> {
  const few = await startServer(count);
  const many = await startServer(count * 10);
  const scratch = mkdtempSync(join(tmpdir(), "registry-cache-bench-garden-"));
  try {
    const ours = await bundle("list-garden.ts", scratch);
    const peer = await bundle("peer-client-node.ts", scratch);
    const subject = (name: string, script: string, port: string, items: number): Subject => ({
      name,
      argv: [script, port, String(items)],
      exits: [0],
    });
    const subjects = [
      subject("garden, in pages", ours, few.port, count),
      subject("client-node 2, unpaged", peer, few.port, count),
      subject("garden, ten times as many", ours, many.port, count * 10),
    ];
    const title = `list of ${count} Shoots and Secrets, ${rounds} interleaved rounds, medians (peak RSS: the largest), goal 1/2.5 of the time and 1/4 of the memory`;
    const figures = measureRounds(subjects, rounds);
    printFigures(title, subjects, figures, (ours, theirs) => `${(ours / theirs).toFixed(3)} of it is our CPU time`);
    const [own, theirs, tenfold] = figures;
    if (!own || !theirs || !tenfold) throw new Error("unreachable: three subjects were measured");
    const share = (a = 0, b = 1): string => (a / b).toFixed(3);
    console.log(
      `  ours beside client-node: wall ${share(own.wall, theirs.wall)}, peak RSS ${share(own.rss, theirs.rss)}`,
    );
    console.log(`  ten times as many: peak RSS ${share(tenfold.rss, own.rss)} times as much`);
  } finally {
    rmSync(scratch, { recursive: true });
    few.process.kill();
    many.process.kill();
  }
}

/** Bundles a script, to be measured as it would be shipped: in one file. */
export async function bundle(file: string, folder: string): Promise<string> {
  const outfile = join(folder, file.replace(/ts$/, "mjs"));
  // What client-node bundles of CommonJS asks for parts of Node by require.
  const banner = { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' };
  const entryPoints = [fileURLToPath(new URL(file, import.meta.url))];
  await build({ entryPoints, outfile, bundle: true, platform: "node", format: "esm", conditions: ["source"], banner });
  return outfile;
}

/** Starts an API server with so many Shoots and Secrets. */
export async function startServer(count: number): Promise<{ readonly process: ChildProcess; readonly port: string }> {
  const script = fileURLToPath(new URL("garden-server.ts", import.meta.url));
  const server = spawn(process.execPath, ["--conditions=source", script, String(count)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [chunk] = await once(server.stdout, "data");
  return { process: server, port: String(chunk).trim() };
}
