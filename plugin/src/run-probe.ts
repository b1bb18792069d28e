import { type CacheProbe, probeCaches, renderProbe } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { CommandLine } from "./command-line.ts";
import { createPaint, wantsColor } from "./print/paint.ts";
import { printable } from "./print/printable.ts";
import { openTerminal } from "./print/terminal.ts";
import { readProbeFlags } from "./probe-flags.ts";

/** Runs `probe`: asks upstreams and prints what they answer. Gives the exit code. */
export async function runProbe(line: CommandLine): Promise<number> {
  const { output, color, ...options } = readProbeFlags(line);
  const probes = await probeCaches({ ...options, now: Math.floor(Date.now() / 1000) });
  if (!probes.ok) throw new CliError(printable(probes.error));
  const { out, flush, outIsTerminal } = openTerminal();
  if (output === "json") out(`${JSON.stringify({ probes: probes.value.map(toJson) }, undefined, 2)}\n`);
  else {
    const paint = createPaint(wantsColor(color, outIsTerminal));
    out(probes.value.map((it) => renderProbe(it, paint)).join("\n"));
  }
  flush();
  return exitCode(probes.value);
}

/** A cache that surely fails outweighs one that may only be out of reach from here. */
function exitCode(probes: readonly CacheProbe[]): number {
  const verdicts = probes.map((it) => it.report.verdict);
  if (verdicts.includes("cannot-pull")) return 1;
  return verdicts.includes("unreachable") ? 3 : 0;
}

function toJson({ report, ...rest }: CacheProbe): object {
  return { ...rest, ...report };
}
