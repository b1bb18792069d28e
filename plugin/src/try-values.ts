import type { NewValues } from "@registry-cache/core";
import { type Preflight, probeRotation, type UpstreamProbe } from "@registry-cache/operations";
import type { LiveRunFlags } from "./live-rotate-flags.ts";
import { printable } from "./print/printable.ts";
import type { Terminal } from "./print/terminal.ts";
import { tellRefused } from "./tell-refused.ts";

/** Values that are to be tried. */
export interface TryRequest {
  readonly terminal: Terminal;
  readonly flags: Pick<LiveRunFlags, "output">;
  readonly preflight: Preflight;
  readonly values: NewValues;
}

/** Tries the credential at every upstream, and says what came of it. Gives the exit code, 0 where nothing speaks against it. */
export async function tryValues({ terminal, flags, preflight, values }: TryRequest): Promise<number> {
  const { shoots, rotation } = preflight;
  const how = { timeoutMilliseconds: 15_000, now: Math.floor(Date.now() / 1000) };
  const probes = await probeRotation(shoots, rotation, values, how);
  for (const probe of probes) terminal.out(flags.output === "json" ? toEvent(probe) : toLine(probe));
  terminal.flush();
  return tellRefused(terminal, probes, "nothing was changed; --skip-probe goes on untried");
}

function toEvent({ upstream, report }: UpstreamProbe): string {
  return `${JSON.stringify({ event: "probed", upstream, verdict: report.verdict })}\n`;
}

/** What speaks against it is told as an error. */
function toLine({ upstream, report }: UpstreamProbe): string {
  if (report.verdict === "can-pull") return `Upstream ${printable(upstream)}: takes the new credential\n`;
  if (report.verdict !== "unknown") return "";
  return `Upstream ${printable(upstream)}: answers, and does not tell whether it takes the new credential\n`;
}
