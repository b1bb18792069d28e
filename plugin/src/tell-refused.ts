import { type CacheProbe, renderFacts } from "@registry-cache/operations";
import { createPaint } from "./print/paint.ts";
import { printable } from "./print/printable.ts";
import type { Terminal } from "./print/terminal.ts";

/** Tells which upstreams would not serve a cache with a new credential, and why. Gives the exit code, 0 where all would. */
export function tellRefused(
  { err }: Pick<Terminal, "err">,
  probes: readonly Pick<CacheProbe, "upstream" | "report">[],
  end: string,
): number {
  const bad = probes.filter((it) => it.report.verdict === "cannot-pull" || it.report.verdict === "unreachable");
  for (const { upstream, report } of bad) {
    const against = report.facts.filter((it) => it.status === "no" || it.id === "measured-from");
    err(renderFacts(against, createPaint(false)));
    const why =
      report.verdict === "unreachable"
        ? "cannot be reached from here"
        : "does not take the credential as the cache sends it";
    err(`error: upstream "${printable(upstream)}" ${why}, ${end}\n`);
  }
  if (bad.length === 0) return 0;
  return bad.some((it) => it.report.verdict === "cannot-pull") ? 1 : 3;
}
