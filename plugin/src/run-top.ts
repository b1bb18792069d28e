import { type Measured, type MeasuredCache, measureCaches, sparkline } from "@registry-cache/operations";
import { clusterError } from "./cluster-error.ts";
import { readClusterFlags } from "./cluster-flags.ts";
import type { CommandLine } from "./command-line.ts";
import { readOutput } from "./flag-values.ts";
import { printable } from "./print/printable.ts";
import { renderTable } from "./print/table.ts";
import { openTerminal } from "./print/terminal.ts";
import { readText } from "./shoot-flags.ts";

const pause = 2_000;
const columns = 20;

/** Runs `top`: prints what the caches have been worth, once or until it is stopped. Gives the exit code. */
export async function runTop({ argument: shoot, flags }: CommandLine): Promise<number> {
  const terminal = openTerminal();
  const watches = flags["watch"] === true;
  const json = readOutput(flags) === "json";
  const rounds: Measured[] = [];
  const request = {
    flags: readClusterFlags(flags),
    shoot,
    namespace: readText(flags["cluster-namespace"]) ?? "kube-system",
  };
  const result = await measureCaches(request, async (measured) => {
    rounds.push(measured);
    if (rounds.length > columns + 1) rounds.shift();
    // A terminal shows one table that changes; elsewhere each is a line of JSON or a table of its own.
    if (watches && terminal.outIsTerminal() && !json) terminal.out("\u001b[H\u001b[J");
    terminal.out(
      json
        ? `${JSON.stringify(measured)}\n`
        : renderMeasured(measured, terminal.outIsTerminal() && watches ? rounds : []),
    );
    for (const it of measured.unseen) terminal.err(`note: not measured: ${printable(it)}\n`);
    terminal.flush();
    if (!watches) return "enough";
    await new Promise((resolve) => setTimeout(resolve, pause));
    return "again";
  });
  if (!result.ok) throw clusterError(result);
  return 0;
}

function renderMeasured({ caches }: Measured, rounds: readonly Measured[]): string {
  if (caches.length === 0) return "there are no caches\n";
  const head = [
    "UPSTREAM",
    "REQUESTS",
    "HITS",
    "MISSES",
    "HIT RATIO",
    "SAVED",
    ...(rounds.length > 0 ? ["REQUESTS/2s"] : []),
  ];
  const rows = caches.map((it) => [
    printable(it.upstream),
    String(it.requests),
    String(it.hits),
    String(it.misses),
    it.hitRatio === undefined ? "-" : `${Math.round(it.hitRatio * 100)} %`,
    showBytes(it.saved),
    ...(rounds.length > 0 ? [sparkline(steps(it, rounds))] : []),
  ]);
  return renderTable([head, ...rows]);
}

/** How many requests came between one round and the next. */
function steps({ upstream }: MeasuredCache, rounds: readonly Measured[]): readonly number[] {
  const totals = rounds.map((it) => it.caches.find((cache) => cache.upstream === upstream)?.requests ?? 0);
  // A cache that was restarted counts from nothing again.
  return totals.slice(1).map((it, index) => Math.max(0, it - (totals[index] ?? 0)));
}

function showBytes(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** step;
  return `${step === 0 ? value : value.toFixed(1)} ${units[step]}`;
}
