import type { Blocker, FileRotation, Finding, NewValues, Result, ShootId } from "@registry-cache/core";
import { CliError } from "./cli-error.ts";
import type { CommandLine } from "./command-line.ts";
import { type RotateFlags, readResumeFlags, readRotateFlags } from "./file-rotate-flags.ts";
import { askForValues, givenValues } from "./new-values.ts";
import { laterCommand, openRun, tellBlockers } from "./open-rotation-run.ts";
import { printable } from "./print/printable.ts";
import { renderRotationJson } from "./print/rotation-json.ts";
import { renderNext } from "./print/rotation-text.ts";
import { rotationCommit } from "./rotation-messages.ts";
import { tryNewCredential } from "./try-new-credential.ts";
import { type RotationRun, renderBrought, writePlan } from "./write-plan.ts";

/** Runs `rotate -f`: replaces a Secret by its next version in manifests. Gives the exit code. */
export function runRotate(line: CommandLine): Promise<number> {
  return rotate(readRotateFlags(line));
}

/** Runs `rotate resume -f`: goes on with the version that is there. Gives the exit code. */
export function runFileResume(line: CommandLine): Promise<number> {
  return rotate(readResumeFlags(line));
}

async function rotate(flags: RotateFlags): Promise<number> {
  const run = openRun(flags);
  if (run === undefined) return 2;
  const given = flags.resume ? undefined : await givenValues(flags, run);
  const first = planWith(run, flags, given);
  const lacking = first.ok && lacksValues(first.value, given, flags);
  const values = lacking ? await askForValues(first.value, flags, run.terminal) : given;
  const planned = lacking ? planWith(run, flags, values) : first;
  return planned.ok ? carryOut(run, flags, planned.value, values) : tellBlockers(run, planned.error);
}

async function carryOut(
  run: RotationRun,
  flags: RotateFlags,
  planned: FileRotation,
  values: NewValues | undefined,
): Promise<number> {
  const empty = planned.notes.some((it) => it.kind === "empty-values");
  const plan = flags.dryRun && !flags.empty ? withoutEmptyNote(planned) : planned;
  if (empty && flags.empty && !flags.dryRun) refuseEmpty(plan, flags);
  // Gardener does not look at a Secret in a rotation, so this is the only check of its values.
  const brought = empty || plan.state === "done" ? [] : run.rotation.findingsBrought(plan.change);
  if (brought.some((it) => it.severity === "error")) return tellRefused(run, plan, brought);
  const refused = plan.state === "done" || empty ? 0 : await tryNewCredential(run, flags, plan, values);
  if (refused !== 0) return refused;
  const created = plan.change.creates.map((it) => it.uri);
  return writePlan(run, plan, {
    done: `Secret "${printable(plan.from)}" was replaced by "${printable(plan.to)}" already`,
    next: renderNext(plan, laterCommand("rotate finish", flags, created), empty),
    message: rotationCommit(plan, usersOf(run, plan.to)),
    brought,
    values,
    sealing: flags.sealing,
  });
}

/** The Shoots that use a version already. */
function usersOf({ rotation }: RotationRun, name: string): readonly ShootId[] {
  const status = rotation.status();
  return status.ok ? (status.value.versions.find((it) => it.name === name)?.shoots ?? []) : [];
}

function planWith(
  { rotation }: RotationRun,
  { remote, resume }: RotateFlags,
  values: NewValues | undefined,
): Result<FileRotation, readonly Blocker[]> {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  const today = parts.map((it) => String(it).padStart(2, "0")).join("-");
  return rotation.planRotation({ values, remote, resume, today });
}

/** What is only shown needs no values, and what is left of an earlier run or comes from a store has them. */
function lacksValues(
  { change, state, form }: FileRotation,
  given: NewValues | undefined,
  { empty, dryRun }: RotateFlags,
): boolean {
  const writes = state === "planned" && change.creates.length > 0 && form !== "ExternalSecret";
  return writes && given === undefined && !empty && !dryRun;
}

/** What cannot be filled in later must have its values now; and an empty Secret must not be committed, since that deploys it. */
function refuseEmpty({ from, form }: FileRotation, { commit }: RotateFlags): void {
  const give = "give the values with --username NAME --password-stdin, a --from flag, or --ca-bundle FILE";
  if (form === "SealedSecret")
    throw new CliError(`Secret "${printable(from)}" is sealed, so the next one cannot be filled in later: ${give}`);
  if (commit) throw new CliError(`what has no values yet must not be committed: ${give}`);
}

/** A run that writes would ask for the values. */
function withoutEmptyNote(plan: FileRotation): FileRotation {
  return { ...plan, notes: plan.notes.filter((it) => it.kind !== "empty-values") };
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
