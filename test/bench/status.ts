import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle, type GardenSize, startServer } from "./garden.ts";
import { measureRounds, printFigures, type Subject } from "./rounds.ts";

const plugin = fileURLToPath(new URL("../../plugin/dist/kubectl-registry_cache.js", import.meta.url));

/** The whole of `status -A` beside the official client: its unpaged lists alone, and with the same work on them. */
export async function benchStatus({ count, rounds }: GardenSize): Promise<void> {
  const few = await startServer(count);
  const many = await startServer(count * 10);
  const scratch = mkdtempSync(join(tmpdir(), "registry-cache-bench-status-"));
  const ours = (name: string, port: string): Subject => {
    const kubeconfig = join(scratch, port);
    writeFileSync(kubeconfig, kubeconfigFor(port));
    // The Secrets of the benchmark have other names than the chains, so chains are broken.
    return { name, argv: [plugin, "status", "-A", "--kubeconfig", kubeconfig], exits: [1] };
  };
  try {
    const subjects: readonly Subject[] = [
      ours("status -A", few.port),
      {
        name: "client-node 2, lists alone",
        argv: [await bundle("peer-client-node.ts", scratch), few.port, `${count}`],
        exits: [0],
      },
      {
        name: "client-node 2, the same work",
        argv: [await bundle("peer-status.ts", scratch), few.port, `${count}`],
        exits: [0],
      },
      ours("status -A, ten times as many", many.port),
    ];
    const figures = measureRounds(subjects, rounds);
    const title = `status of ${count} Shoots with ${count} Secrets, ${rounds} interleaved rounds, medians (peak RSS: the largest), goal 1/2.5 of the time and 1/4 of the memory`;
    printFigures(title, subjects, figures, (first, other) => `${(first / other).toFixed(3)} of it is our CPU time`);
    const [own, lists, work, tenfold] = figures;
    if (!own || !lists || !work || !tenfold) throw new Error("unreachable: four subjects were measured");
    const share = (a = 0, b = 1): string => (a / b).toFixed(3);
    for (const [name, peer] of [
      ["the lists alone", lists],
      ["the same work", work],
    ] as const)
      console.log(`  beside ${name}: wall ${share(own.wall, peer.wall)}, peak RSS ${share(own.rss, peer.rss)}`);
    console.log(`  ten times as many: peak RSS ${share(tenfold.rss, own.rss)} times as much`);
  } finally {
    rmSync(scratch, { recursive: true });
    few.process.kill();
    many.process.kill();
  }
}

function kubeconfigFor(port: string): string {
  return JSON.stringify({
    "current-context": "bench",
    clusters: [{ name: "bench", cluster: { server: `http://127.0.0.1:${port}` } }],
    contexts: [{ name: "bench", context: { cluster: "bench" } }],
  });
}
