import type { FileFinish, FileRotation, Finding } from "@registry-cache/core";
import type { OpenRotation } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import { openPrompt } from "./host/prompt.ts";
import { type Documents, openDocuments } from "./print/documents.ts";
import { renderFinding } from "./print/findings-text.ts";
import { createPaint, type Paint } from "./print/paint.ts";
import { printable } from "./print/printable.ts";
import { type JsonResult, renderRotationJson } from "./print/rotation-json.ts";
import { renderNote, renderSteps } from "./print/rotation-text.ts";
import { plural } from "./print/summary.ts";
import type { Terminal } from "./print/terminal.ts";
import type { WriteFlags } from "./rotate-flags.ts";

type Plan = FileRotation | FileFinish;

/** A command of a rotation on its way. */
export interface RotationRun {
  readonly rotation: OpenRotation;
  readonly terminal: Terminal;
  readonly paint: Paint;
  readonly flags: WriteFlags;
  readonly documents: Documents;
}

/** What else there is to say of a plan: what to do when it is carried out, and what would be found then. */
export interface PlanOutlook {
  readonly next: string;
  readonly brought: readonly Finding[];
}

/** Shows what would be found after a plan and is not found now, one line each. */
export function renderBrought({ rotation }: RotationRun, plan: Plan, brought: readonly Finding[]): string {
  const after = new Map(rotation.changesOf(plan.change).map((it) => [it.uri, it.after]));
  const documents = openDocuments((uri) => after.get(uri) ?? rotation.readText(uri));
  const style = { paint: createPaint(false), brief: true };
  return brought.map((it) => renderFinding(it, documents, style) ?? "").join("");
}

/** Shows a plan, asks, writes the files and tells what became of them. `next` is what to do then. Gives the exit code. */
export async function writePlan(run: RotationRun, plan: Plan, { next, brought }: PlanOutlook): Promise<number> {
  const { terminal, flags } = run;
  const json = flags.output === "json";
  if (!json) await showPlan(run, plan, brought);
  if (flags.dryRun) return tell(run, plan, { written: false, brought }, "Nothing was written.\n");
  if (!(await isConfirmed(run, plan))) {
    tell(run, plan, { written: false, brought }, "Nothing was written.\n");
    return 1;
  }
  const written: string[] = [];
  const problem = await run.rotation.write(plan.change, (_, uri) => written.push(uri));
  if (problem === undefined)
    return tell(run, plan, { written: true, brought }, `Wrote ${plural(written.length, "file")}. ${next}`);
  tell(run, plan, { written: false, brought, problem }, "");
  terminal.err(`error: ${printable(problem.file)}: ${printable(problem.message)}\n`);
  const done =
    written.length === 0 ? "nothing was written" : `${plural(written.length, "file")} were written before it`;
  terminal.err(`error: ${done}, run the same command again to do the rest\n`);
  return 2;
}

async function showPlan(run: RotationRun, plan: Plan, brought: readonly Finding[]): Promise<void> {
  const { rotation, terminal, paint, flags, documents } = run;
  terminal.out(renderSteps(plan, paint));
  if ("notes" in plan) for (const note of plan.notes) terminal.out(renderNote(note, documents));
  terminal.out(renderBrought(run, plan, brought));
  if (!flags.diff) return;
  const { renderDiff } = await import("./print/diff.ts");
  terminal.out("\n");
  for (const change of rotation.changesOf(plan.change)) terminal.out(renderDiff(change, paint));
}

function tell({ terminal, documents, flags }: RotationRun, plan: Plan, result: JsonResult, text: string): number {
  terminal.out(flags.output === "json" ? renderRotationJson(plan, documents, result) : text && `\n${text}`);
  terminal.flush();
  return 0;
}

async function isConfirmed({ terminal, flags }: RotationRun, { change }: Plan): Promise<boolean> {
  if (flags.yes) return true;
  terminal.flush();
  if (!terminal.canAsk()) {
    throw new CliError(
      "nothing was written, there is no terminal to ask on: add --yes to write, or --dry-run to only look",
    );
  }
  const count = change.creates.length + change.edits.length + change.deletes.length;
  const prompt = openPrompt();
  try {
    const answer = await prompt.ask(`\nWrite ${plural(count, "file")}? [y/N] `);
    return /^y(?:es)?$/i.test(answer?.trim() ?? "");
  } finally {
    prompt.close();
  }
}
