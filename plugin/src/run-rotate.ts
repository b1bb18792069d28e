import type { Blocker, FileFinish, FileRotation, Finding, NewValues, Result } from "@registry-cache/core";
import { type OpenRotation, openRotation } from "@registry-cache/operations";
import type { CommandLine } from "./command-line.ts";
import { askForValues, givenValues } from "./new-values.ts";
import { openDocuments } from "./print/documents.ts";
import { createPaint, wantsColor } from "./print/paint.ts";
import { printable } from "./print/printable.ts";
import { openProgress } from "./print/progress.ts";
import { renderBlockersJson, renderRotationJson } from "./print/rotation-json.ts";
import { renderBlocker, renderNext } from "./print/rotation-text.ts";
import { openTerminal } from "./print/terminal.ts";
import { type RotateFlags, readRotateFlags, readWriteFlags, type WhereFlags, type WriteFlags } from "./rotate-flags.ts";
import { type RotationRun, renderBrought, writePlan } from "./write-plan.ts";

/** Runs `rotate`: replaces a Secret by its next version in manifests. Gives the exit code. */
export async function runRotate(line: CommandLine): Promise<number> {
  const flags = readRotateFlags(line);
  const given = givenValues(flags);
  const run = open(flags);
  if (run === undefined) return 2;
  let planned = planWith(run.rotation, given);
  if (planned.ok && lacksValues(planned.value, given, flags)) {
    planned = planWith(run.rotation, await askForValues(planned.value, flags, run.terminal));
  }
  if (!planned.ok) return tellBlockers(run, planned.error);
  const plan = flags.dryRun && !flags.empty ? withoutEmptyNote(planned.value) : planned.value;
  if (plan.state === "done")
    return tellDone(run, plan, `Secret "${printable(plan.from)}" was replaced by "${printable(plan.to)}" already`);
  const empty = planned.value.notes.some((it) => it.kind === "empty-values");
  // Gardener does not look at a Secret in a rotation, so this is the only check of its values.
  const brought = empty ? [] : run.rotation.findingsBrought(plan.change);
  if (brought.some((it) => it.severity === "error")) return tellRefused(run, plan, brought);
  return writePlan(run, plan, { next: renderNext(plan, finishCommand(flags, plan), empty), brought });
}

/** Runs `rotate finish`: removes a Secret that was replaced. Gives the exit code. */
export async function runFinish(line: CommandLine): Promise<number> {
  const run = open(readWriteFlags(line));
  if (run === undefined) return 2;
  const planned = run.rotation.planFinish();
  if (!planned.ok) return tellBlockers(run, planned.error);
  const plan = planned.value;
  if (plan.state === "done") return tellDone(run, plan, `Secret "${printable(plan.from)}" is gone already`);
  const next = "Deploy this, then revoke the credential that was replaced.\n";
  return writePlan(run, plan, { next, brought: [] });
}

function planWith(rotation: OpenRotation, values: NewValues | undefined): Result<FileRotation, readonly Blocker[]> {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return rotation.planRotation({ values, today: parts.map((it) => String(it).padStart(2, "0")).join("-") });
}

/** What is only shown needs no values, and what is left of an earlier run has them. */
function lacksValues(
  { change, state }: FileRotation,
  given: NewValues | undefined,
  { empty, dryRun }: RotateFlags,
): boolean {
  return state === "planned" && change.creates.length > 0 && given === undefined && !empty && !dryRun;
}

/** A run that writes would ask for the values. */
function withoutEmptyNote(plan: FileRotation): FileRotation {
  return { ...plan, notes: plan.notes.filter((it) => it.kind !== "empty-values") };
}

/** Reads the files; undefined when some could not be read, which was told then. */
function open(flags: WriteFlags): RotationRun | undefined {
  const terminal = openTerminal();
  const progress = openProgress(terminal);
  const rotation = openRotation(flags, progress.step);
  progress.end();
  for (const { file, message } of rotation.problems) terminal.err(`error: ${printable(file)}: ${printable(message)}\n`);
  if (rotation.problems.length > 0) {
    terminal.err("error: nothing was done, since a file that cannot be read may name the Secret\n");
    return undefined;
  }
  const paint = createPaint(wantsColor(flags.color, terminal.outIsTerminal));
  return { rotation, terminal, paint, flags, documents: openDocuments((uri) => rotation.readText(uri)) };
}

/** What asks for another command line is wrong usage; what must be mended in the files is a finding. */
const usageErrors: ReadonlySet<Blocker["kind"]> = new Set(["unknown-secret", "ambiguous-namespace", "wrong-values"]);

function tellBlockers({ terminal, documents, flags }: RotationRun, blockers: readonly Blocker[]): number {
  if (flags.output === "json") terminal.out(renderBlockersJson(blockers, documents));
  terminal.flush();
  for (const it of blockers) terminal.err(renderBlocker(it, documents));
  return blockers.some((it) => usageErrors.has(it.kind)) ? 2 : 1;
}

function tellDone(
  { terminal, documents, flags }: RotationRun,
  plan: FileRotation | FileFinish,
  message: string,
): number {
  if (flags.output === "json") terminal.out(renderRotationJson(plan, documents, { written: false }));
  else terminal.out(`${message}, nothing is left to do\n`);
  terminal.flush();
  return 0;
}

function tellRefused(run: RotationRun, plan: FileRotation, brought: readonly Finding[]): number {
  const { terminal, flags } = run;
  const result = { written: false, brought };
  if (flags.output === "json") terminal.out(renderRotationJson(plan, run.documents, result));
  terminal.flush();
  terminal.err(renderBrought(run, plan, brought));
  terminal.err("error: the new Secret would not work, nothing was written\n");
  return 1;
}

/** The command for later. Where only files were named, the new one has to be, too. */
function finishCommand({ names, secret }: WhereFlags, { change }: FileRotation): string {
  const isBelow = (uri: string): boolean => names.some((it) => it === "." || uri.startsWith(it.replace(/\/?$/, "/")));
  const created = change.creates.map((it) => it.uri).filter((it) => !isBelow(it));
  const files = [...names, ...created].map((it) => `-f ${shellWord(it)}`).join(" ");
  const namespace = secret.namespace === undefined ? "" : ` -n ${shellWord(secret.namespace)}`;
  return `kubectl registry-cache rotate finish ${files}${namespace} ${shellWord(secret.name)}`;
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${printable(word).replaceAll("'", "'\\''")}'`;
}
