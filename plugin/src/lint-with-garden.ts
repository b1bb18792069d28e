import { type LintListener, type LintOutcome, type LintRequest, lint } from "@registry-cache/operations";
import type { LiveLintFlags } from "./flag-values.ts";
import type { Terminal } from "./print/terminal.ts";
import { placeOf, withGarden } from "./with-garden.ts";

/** Runs a check in which a garden takes part. */
export function lintWithGarden(
  { serverDryRun, shoots, garden }: LiveLintFlags,
  terminal: Terminal,
  request: LintRequest,
  listener: LintListener,
): Promise<LintOutcome> {
  return withGarden(garden, terminal, async (session) => {
    const { client, scope, shoot, schemas } = session;
    const names = shoots.length === 0 && shoot !== undefined ? [shoot] : shoots;
    const live = { client, schemas, ...scope, shoots: names, serverDryRun };
    const outcome = await lint({ ...request, live }, listener);
    if (outcome.counts.files === 0 && outcome.problems.length === 0)
      terminal.err(`No Shoots found in ${placeOf(session)}\n`);
    return outcome;
  });
}
