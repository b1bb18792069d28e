import { type CacheProbe, refusalsOf, renderFacts } from "@registry-cache/operations";
import { createPaint } from "./print/paint.ts";
import { printable } from "./print/printable.ts";
import type { Terminal } from "./print/terminal.ts";

/** Tells which upstreams would not serve a cache with a new credential, and why. Gives the exit code, 0 where all would. */
export function tellRefused(
  { err }: Pick<Terminal, "err">,
  probes: readonly Pick<CacheProbe, "upstream" | "report">[],
  end: string,
): number {
  const refusals = refusalsOf(probes);
  for (const { upstream, why, facts } of refusals) {
    const told = facts.filter((it) => it.status === "no" || it.id === "measured-from");
    err(renderFacts(told, createPaint(false)));
    err(`error: upstream "${printable(upstream)}" ${why}, ${end}\n`);
  }
  if (refusals.length === 0) return 0;
  return refusals.some((it) => it.verdict === "cannot-pull") ? 1 : 3;
}
