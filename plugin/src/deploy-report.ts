import {
  type ClusterResult,
  clusterDefaults,
  type DeployListener,
  type DeployOutcome,
  type DeployPlace,
  type DeployStep,
  showObject,
} from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import { clusterError } from "./cluster-error.ts";
import { readClusterFlags } from "./cluster-flags.ts";
import type { FlagValues } from "./command-line.ts";
import { readOutput } from "./flag-values.ts";
import { askYes } from "./host/ask-yes.ts";
import { printable } from "./print/printable.ts";
import { openTerminal, type Terminal } from "./print/terminal.ts";
import { readShootFlags, readText } from "./shoot-flags.ts";

/** What is told of a deployment while it goes on, and at its end: in words, or as one JSON document. */
export interface DeployReport {
  readonly listener: DeployListener;
  /** Gives the exit code: 1 where something is not ready or not wanted. Throws what the cluster refuses. */
  end(outcome: ClusterResult<DeployOutcome>, ready?: string): number;
}

/** Opens the report that the flags ask for. */
export function openDeployReport(flags: FlagValues): DeployReport {
  const terminal = openTerminal();
  const json = readOutput(flags) === "json";
  const run: Run = { terminal, flags, steps: [], done: new Set() };
  return {
    listener: listenerOn(run, json),
    end(outcome, ready) {
      if (json && (outcome.ok || run.steps.length > 0))
        terminal.out(`${JSON.stringify(documentOf(run, outcome), null, 2)}\n`);
      terminal.flush();
      if (!outcome.ok) throw clusterError(outcome);
      if (!json) tell(run, outcome.value, ready);
      tellNotes(run, outcome.value);
      return exitCodeOf(run, outcome.value);
    },
  };
}

/** A deployment as far as it has got. */
interface Run {
  readonly terminal: Terminal;
  readonly flags: FlagValues;
  steps: readonly DeployStep[];
  readonly done: Set<DeployStep>;
}

const done = { create: "created", update: "updated", keep: "kept", delete: "deleted" } as const;

function listenerOn(run: Run, json: boolean): DeployListener {
  const { terminal, flags } = run;
  let shown = "";
  return {
    confirm: async (steps, where) => {
      run.steps = steps;
      const wanted = flags["yes"] === true || !steps.some((it) => it.do !== "keep");
      // A machine reads standard output; whoever is asked has to see what.
      if (!json) for (const it of steps) terminal.out(renderStep(it));
      else if (!wanted) for (const it of steps) terminal.err(renderStep(it));
      terminal.flush();
      return wanted || (await ask(terminal, where));
    },
    done: (step) => {
      run.done.add(step);
      if (!json) terminal.out(`${done[step.do]} ${printable(showObject(step))}\n`);
      terminal.flush();
    },
    progress: (all) => {
      const text = all.map((it) => `${printable(showObject(it))}: ${it.ready} of ${it.wanted} ready\n`).join("");
      // Only what has changed is told again.
      if (text !== shown) terminal.err(text);
      shown = text;
    },
  };
}

/** Each object with whether it is as it is to be. Where the cluster refused in the middle, this tells how far it got. */
function documentOf({ steps: begun, done, flags }: Run, outcome: ClusterResult<DeployOutcome>): object {
  const { steps, applied, late, staying } = outcome.ok
    ? outcome.value
    : { steps: begun, applied: begun.length > 0, late: [], staying: [] };
  return {
    namespace: namespaceOf(flags),
    dryRun: flags["dry-run"] === true,
    applied,
    objects: steps.map((it) => ({ ...it, done: it.do === "keep" || done.has(it) })),
    notReady: late.map(({ done: _, ...it }) => it),
    staying,
    ...(!outcome.ok && { error: outcome.error }),
  };
}

function namespaceOf(flags: FlagValues): string {
  return readText(flags["cluster-namespace"]) ?? clusterDefaults.namespace;
}

function renderStep(step: DeployStep): string {
  return `${step.do.padEnd("create".length)} ${printable(showObject(step))}\n`;
}

async function ask(terminal: Terminal, { contextName, server }: DeployPlace): Promise<boolean> {
  if (!terminal.canAsk())
    throw new CliError(
      "nothing was done, there is no terminal to ask on: add --yes to do it, or --dry-run to only look",
    );
  return askYes(`\nDo this in the cluster of context "${printable(contextName)}" (${printable(server.host)})?`);
}

function tell({ terminal, flags }: Run, { steps, applied, late }: DeployOutcome, ready: string | undefined): void {
  if (applied && late.length === 0 && ready !== undefined) terminal.out(`${ready}\n`);
  if (flags["dry-run"] === true) for (const it of steps) terminal.out(renderStep(it));
  if (steps.length === 0)
    terminal.out(`There is nothing that deploy made for namespace ${printable(namespaceOf(flags))}.\n`);
  else if (!applied) terminal.out("Nothing was done.\n");
  terminal.flush();
}

function tellNotes({ terminal, flags }: Run, { steps, late, staying }: DeployOutcome): void {
  for (const { name, holds } of staying)
    terminal.err(`note: Namespace ${printable(name)} stays, others have something in it: ${printable(few(holds))}\n`);
  for (const it of late)
    terminal.err(`error: ${printable(showObject(it))} is not ready in time, "${whoKnows(it, flags)}" says why\n`);
  if (late.length > 0 && steps.some((it) => it.do === "delete"))
    terminal.err("note: what is to be deleted stays until all is ready, run deploy again then\n");
}

function exitCodeOf({ flags }: Run, { steps, applied, late }: DeployOutcome): number {
  const unwanted = !applied && flags["dry-run"] !== true && steps.length > 0;
  return late.length > 0 || unwanted ? 1 : 0;
}

function few(names: readonly string[]): string {
  const others = names.length - 3;
  return others <= 0 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${others} more`;
}

/** The command that tells why a workload is not ready. */
function whoKnows({ kind, name, namespace = "" }: DeployOutcome["late"][number], flags: FlagValues): string {
  // Doctor knows caches; what writes to nodes is none.
  const cluster = Object.entries(readClusterFlags(flags)).flatMap(([flag, it]) =>
    flag === "namespace" ? [] : `--${flag} ${it}`,
  );
  if (kind === "DaemonSet")
    return printable([`kubectl describe daemonset ${name} -n ${namespace}`, ...cluster].join(" "));
  const files = readShootFlags(flags).names.map((it) => `-f ${it}`);
  const doctor = ["kubectl registry-cache doctor", ...files, `--cluster-namespace ${namespace}`, ...cluster];
  return printable(doctor.join(" "));
}
