import type { FileFinish, FileRollback, FileRotation, Finding, NewValues } from "@registry-cache/core";
import type { OpenRotation, PreparedCommit, SealingOptions } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import { askYes } from "./host/ask-yes.ts";
import { type Documents, openDocuments } from "./print/documents.ts";
import { renderFinding } from "./print/findings-text.ts";
import { createPaint, type Paint } from "./print/paint.ts";
import { printable } from "./print/printable.ts";
import { type JsonResult, renderRotationJson } from "./print/rotation-json.ts";
import { renderNote, renderSteps } from "./print/rotation-text.ts";
import { plural } from "./print/summary.ts";
import type { Terminal } from "./print/terminal.ts";
import type { WriteFlags } from "./rotate-flags.ts";
import { type CommitMessage, renderCommit } from "./rotation-messages.ts";

type Plan = FileRotation | FileFinish | FileRollback;

/** A command of a rotation on its way. */
export interface RotationRun {
  readonly rotation: OpenRotation;
  readonly terminal: Terminal;
  readonly paint: Paint;
  readonly flags: WriteFlags;
  readonly documents: Documents;
}

/** What else there is to say of a plan, and what carrying it out takes. */
export interface PlanOutlook {
  /** What is said where nothing is left to do. */
  readonly done: string;
  /** What is to be done when it is carried out. */
  readonly next: string;
  /** What would be found then. */
  readonly brought: readonly Finding[];
  readonly message: CommitMessage;
  /** What is to be sealed, and for whom. */
  readonly values?: NewValues | undefined;
  readonly sealing?: SealingOptions | undefined;
}

/** Shows what would be found after a plan and is not found now, one line each. */
export function renderBrought({ rotation }: RotationRun, plan: Plan, brought: readonly Finding[]): string {
  const after = new Map(rotation.changesOf(plan.change).map((it) => [it.uri, it.after]));
  const documents = openDocuments((uri) => after.get(uri) ?? rotation.readText(uri));
  const style = { paint: createPaint(false), brief: true };
  return brought.map((it) => renderFinding(it, documents, style) ?? "").join("");
}

/** Shows a plan, asks, writes the files, commits them where that is wanted, and tells what became of them. Gives the exit code. */
export async function writePlan(run: RotationRun, plan: Plan, outlook: PlanOutlook): Promise<number> {
  const { terminal, flags, rotation } = run;
  const prepared = flags.commit ? rotation.prepareCommit(plan) : undefined;
  if (prepared?.ok === false) return stop(run, plan, outlook, { file: undefined, message: prepared.error, written: 0 });
  const commit = prepared?.value.isNeeded === true ? prepared.value : undefined;
  if (plan.state === "done" && commit === undefined) return tellDone(run, plan, outlook.done);
  const json = flags.output === "json";
  if (!json) await showPlan(run, plan, outlook, commit);
  const untouched = { written: false, brought: outlook.brought };
  if (flags.dryRun) return tell(run, plan, untouched, "Nothing was written.\n");
  if (!(await isConfirmed(run, plan, commit))) {
    tell(run, plan, untouched, "Nothing was written.\n");
    return 1;
  }
  const sealed = await rotation.seal(plan.change, outlook.values, outlook.sealing);
  if (!sealed.ok) return stop(run, plan, outlook, { ...sealed.error, written: 0 });
  const written: string[] = [];
  const problem = await rotation.write(sealed.value, (_, uri) => written.push(uri));
  const resumes = plan.change.creates.some((it) => it.sealing !== undefined);
  if (problem !== undefined) return stop(run, plan, outlook, { ...problem, written: written.length, resumes });
  const did = written.length === 0 ? "" : `Wrote ${plural(written.length, "file")}. `;
  if (commit === undefined) return tell(run, plan, { written: true, brought: outlook.brought }, did + outlook.next);
  const made = commit.commit(renderCommit(outlook.message, flags, commit.pathOf));
  if (!made.ok) {
    const message = `the commit was not made: ${made.error}`;
    return stop(run, plan, outlook, { file: undefined, message, written: written.length });
  }
  for (const it of commit.leftOut)
    terminal.err(
      `note: ${printable(it)} is not committed, since the old Secret is not; see that it is deployed, too\n`,
    );
  const named = made.value === undefined ? "Nothing was left to commit. " : `Committed as ${made.value}. `;
  return tell(run, plan, { written: true, brought: outlook.brought, commit: made.value }, did + named + outlook.next);
}

interface Stop {
  readonly file: string | undefined;
  readonly message: string;
  /** How many files were written before. */
  readonly written: number;
  /** What was sealed cannot be compared with values that are given again. */
  readonly resumes?: boolean;
}

function stop(
  run: RotationRun,
  plan: Plan,
  { brought }: PlanOutlook,
  { file, message, written, resumes = false }: Stop,
): number {
  const { terminal, flags } = run;
  const problem = { ...(file === undefined ? {} : { file }), message };
  if (flags.output === "json")
    terminal.out(renderRotationJson(plan, run.documents, { written: written > 0, brought, problem }));
  terminal.flush();
  terminal.err(`error: ${file === undefined ? "" : `${printable(file)}: `}${printable(message)}\n`);
  if (written === 0) terminal.err("error: nothing was written\n");
  else
    terminal.err(
      `error: ${plural(written, "file was", "files were")} written before it, run ${resumes ? "rotate resume" : "the same command again"} to do the rest\n`,
    );
  return 2;
}

function tellDone({ rotation, terminal, documents, flags }: RotationRun, plan: Plan, message: string): number {
  if (!flags.dryRun) rotation.cleanUp();
  if (flags.output === "json") terminal.out(renderRotationJson(plan, documents, { written: false }));
  else terminal.out(`${message}, nothing is left to do\n`);
  terminal.flush();
  return 0;
}

async function showPlan(
  run: RotationRun,
  plan: Plan,
  { brought, message }: PlanOutlook,
  commit: PreparedCommit | undefined,
): Promise<void> {
  const { rotation, terminal, paint, flags, documents } = run;
  if (plan.state === "planned") terminal.out(renderSteps(plan, paint));
  else terminal.out(`${paint.bold("What an earlier run has written is not committed yet")}\n`);
  if (commit !== undefined) terminal.out(`  ${paint.cyan("commit")}  ${printable(message.subject)}\n`);
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

async function isConfirmed(
  { terminal, flags }: RotationRun,
  { change }: Plan,
  commit: PreparedCommit | undefined,
): Promise<boolean> {
  if (flags.yes) return true;
  terminal.flush();
  if (!terminal.canAsk()) {
    throw new CliError(
      "nothing was written, there is no terminal to ask on: add --yes to write, or --dry-run to only look",
    );
  }
  const count = change.creates.length + change.edits.length + change.deletes.length;
  const writes = count === 0 ? "Commit what an earlier run has written" : `Write ${plural(count, "file")}`;
  return askYes(`\n${commit === undefined || count === 0 ? writes : `${writes} and commit`}?`);
}
