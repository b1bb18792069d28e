import { type LintListener, type LintOutcome, type LintRequest, lint } from "@registry-cache/operations";
import type { LiveLintFlags } from "./flag-values.ts";
import type { Terminal } from "./print/terminal.ts";
import { withGarden } from "./with-garden.ts";

/** Runs a check in which a garden takes part. */
export function lintWithGarden(
  { serverDryRun, shoots, garden }: LiveLintFlags,
  terminal: Terminal,
  request: LintRequest,
  listener: LintListener,
): Promise<LintOutcome> {
  return withGarden(garden, terminal, ({ client, scope, shoot, schemas }) => {
    const names = shoots.length === 0 && shoot !== undefined ? [shoot] : shoots;
    return lint({ ...request, live: { client, schemas, ...scope, shoots: names, serverDryRun } }, listener);
  });
}
