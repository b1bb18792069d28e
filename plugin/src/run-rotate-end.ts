import type { CommandLine } from "./command-line.ts";
import { laterCommand, openRun, tellBlockers } from "./open-rotation-run.ts";
import { printable } from "./print/printable.ts";
import { readWriteFlags } from "./rotate-flags.ts";
import { finishCommit, rollbackCommit } from "./rotation-messages.ts";
import { writePlan } from "./write-plan.ts";

/** Runs `rotate finish -f`: removes a Secret that was replaced. Gives the exit code. */
export async function runFinish(line: CommandLine): Promise<number> {
  const run = openRun(readWriteFlags(line));
  if (run === undefined) return 2;
  const planned = run.rotation.planFinish();
  if (!planned.ok) return tellBlockers(run, planned.error);
  const plan = planned.value;
  return writePlan(run, plan, {
    done: `Secret "${printable(plan.from)}" is gone already`,
    next: "Deploy this, then revoke the credential that was replaced.\n",
    message: finishCommit(plan),
    brought: [],
  });
}

/** Runs `rotate rollback -f`: lets every Shoot return to the old Secret. Gives the exit code. */
export async function runFileRollback(line: CommandLine): Promise<number> {
  const flags = readWriteFlags(line);
  const run = openRun(flags);
  if (run === undefined) return 2;
  const planned = run.rotation.planRollback();
  if (!planned.ok) return tellBlockers(run, planned.error);
  const plan = planned.value;
  return writePlan(run, plan, {
    done: `no later version of Secret "${printable(plan.to)}" is in use`,
    next: `Deploy these files and wait until every Shoot has reconciled. Then \`${laterCommand("rotate", flags)}\` begins anew.\n`,
    message: rollbackCommit(plan),
    brought: run.rotation.findingsBrought(plan.change),
  });
}
