import type { NewValues } from "@registry-cache/core";
import {
  type GardenSession,
  type LiveRotationRequest,
  type Preflight,
  preflightRotation,
  type RotationOutcome,
  rotationClient,
  runLiveRotation,
  secretOfShoot,
} from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { CommandLine } from "./command-line.ts";
import { askYes } from "./host/ask-yes.ts";
import { stopOnInterrupt } from "./host/stop-keys.ts";
import {
  type LiveRotateFlags,
  type LiveRunFlags,
  readLiveRotateFlags,
  readNamedRunFlags,
} from "./live-rotate-flags.ts";
import { findLiveValues } from "./live-values.ts";
import { renderLivePlan, renderRotationEnd, renderRotationEvent } from "./print/live-rotation-text.ts";
import { printable } from "./print/printable.ts";
import { openTerminal, type Terminal } from "./print/terminal.ts";
import { tryValues } from "./try-values.ts";
import { withGarden } from "./with-garden.ts";

type Client = GardenSession["client"];

/** Runs `rotate` in a garden. Gives the exit code. */
export async function runLiveRotate(line: CommandLine): Promise<number> {
  const flags = readLiveRotateFlags(line);
  const terminal = openTerminal();
  return withGarden(flags.garden, terminal, async (session) => {
    const client = await rotationClient(session);
    const secret = flags.secret ?? (await secretOfShoot(client, flags.shoot ?? "", flags.cache));
    const { triggerReconcile, deleteOld, force, wait, verify } = flags;
    const look = (values: NewValues | undefined): Promise<Preflight> =>
      preflightRotation({
        client,
        from: secret,
        values,
        force,
        triggerReconcile,
        deleteOld,
        verify: wait ? verify : undefined,
        now: Date.now(),
      });
    const first = await look(undefined);
    if (tellBlockers(terminal, flags, first)) return 1;
    const values = flags.dryRun ? undefined : await findLiveValues({ flags, client, preflight: first, terminal });
    const preflight = values === undefined ? first : await look(values);
    if (tellBlockers(terminal, flags, preflight)) return 1;
    const refused =
      values === undefined || flags.skipProbe ? 0 : await tryValues({ terminal, flags, preflight, values });
    if (refused !== 0) return refused;
    showPlan(terminal, flags, preflight);
    if (flags.dryRun) return 0;
    if (!(await isConfirmed(terminal, flags, `Rotate Secret "${printable(secret)}"?`))) return 1;
    return run(
      { terminal, client, flags: { ...flags, secret } },
      { aim: "rotate", values, graceText: flags.graceText },
    );
  });
}

function showPlan(terminal: Terminal, flags: LiveRotateFlags, preflight: Preflight): void {
  const { output, dryRun } = flags;
  if (output === "json") terminal.out(`${JSON.stringify({ event: "plan", ...planOf(preflight) })}\n`);
  else terminal.out(`${renderLivePlan(preflight, flags)}${dryRun ? "\nNothing was changed.\n" : ""}`);
  terminal.flush();
}

/** Runs `rotate resume`: goes on from wherever the rotation is. Gives the exit code. */
export function runResume(line: CommandLine): Promise<number> {
  return runAim(line, "rotate", (secret) => `Go on with the rotation of Secret "${secret}"?`);
}

/** Runs `rotate rollback`: takes a rotation back. Gives the exit code. */
export function runRollback(line: CommandLine): Promise<number> {
  return runAim(line, "rollback", (secret) => `Let every Shoot return to Secret "${secret}"?`);
}

/** Runs `rotate finish` in a garden: deletes the old Secret. Gives the exit code. */
export function runLiveFinish(line: CommandLine): Promise<number> {
  return runAim(line, "finish", (secret) => `Delete Secret "${secret}"?`);
}

type Aim = LiveRotationRequest["aim"];

function runAim(line: CommandLine, aim: Aim, question: (secret: string) => string): Promise<number> {
  const flags = readNamedRunFlags(line);
  const terminal = openTerminal();
  return withGarden(flags.garden, terminal, async (session) => {
    if (!(await isConfirmed(terminal, flags, question(printable(flags.secret))))) return 1;
    return run({ terminal, client: await rotationClient(session), flags }, { aim });
  });
}

interface Run {
  readonly terminal: Terminal;
  readonly client: Client;
  readonly flags: LiveRunFlags & { readonly secret: string };
}

async function run(
  { terminal, client, flags }: Run,
  what: { readonly aim: Aim; readonly values?: NewValues | undefined; readonly graceText?: string | undefined },
): Promise<number> {
  const json = flags.output === "json";
  const outcome = await runLiveRotation({
    ...what,
    client,
    from: flags.secret,
    by: process.env["USER"] ?? "somebody",
    parallel: flags.parallel,
    wait: flags.wait,
    verify: flags.verify.wish,
    look: flags.verify,
    triggerReconcile: flags.triggerReconcile,
    deleteOld: flags.deleteOld,
    grace: 0,
    timeout: flags.timeout,
    signal: stopOnInterrupt(() => terminal.err("stopping behind the request that is under way\n")),
    onEvent(event) {
      terminal.out(json ? `${JSON.stringify(event)}\n` : `${renderRotationEvent(event)}\n`);
      terminal.flush();
    },
  });
  const words = `-n ${client.namespace} ${flags.secret}`;
  const text = renderRotationEnd(outcome, what.aim, words);
  if (json) terminal.out(`${JSON.stringify(endOf(outcome))}\n`);
  else if (outcome.end === "done") terminal.out(text);
  terminal.flush();
  for (const it of outcome.blockers) terminal.err(`error: ${printable(it.message)}${untilWords(it.until)}\n`);
  if (!json && outcome.end !== "done" && text !== "") terminal.err(text);
  return exitCodes[outcome.end];
}

const exitCodes: { readonly [end in RotationOutcome["end"]]: number } = {
  done: 0,
  blocked: 1,
  failed: 3,
  paused: 4,
  timeout: 4,
  interrupted: 4,
};

function untilWords(until: number | undefined): string {
  return until === undefined ? "" : `, until ${new Date(until).toISOString()}`;
}

function endOf({ end, rotation, blockers, open, problem }: RotationOutcome): object {
  const { from, next } = rotation;
  const names = open.map((it) => it.shoot.name);
  return { event: "end", end, from, to: next?.name, open: names, blockers, ...(problem && { problem }) };
}

function planOf({ from, to, rotation, notes }: Preflight): object {
  const shoots = rotation.shoots.map(({ shoot, stage, old }) => {
    return { name: shoot.name, stage, entries: old.map(({ name, users }) => ({ name, users })) };
  });
  return { from, to, shoots, notes };
}

function tellBlockers(terminal: Terminal, { output }: LiveRunFlags, { blockers, ...preflight }: Preflight): boolean {
  if (blockers.length === 0) return false;
  const { from, to } = preflight;
  // As a run that was stopped later ends.
  const end = { event: "end", end: "blocked", from, to, open: [], blockers: blockers.map((message) => ({ message })) };
  if (output === "json") terminal.out(`${JSON.stringify(end)}\n`);
  terminal.flush();
  for (const it of blockers) terminal.err(`error: ${printable(it)}\n`);
  terminal.err("error: nothing was changed\n");
  return true;
}

async function isConfirmed(terminal: Terminal, { yes }: LiveRunFlags, question: string): Promise<boolean> {
  if (yes) return true;
  terminal.flush();
  if (!terminal.canAsk()) throw new CliError("nothing was changed, there is no terminal to ask on: add --yes");
  if (await askYes(`\n${question}`)) return true;
  terminal.err("Nothing was changed.\n");
  return false;
}
