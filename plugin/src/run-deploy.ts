import {
  clusterDefaults,
  type DeployListener,
  type DeployOutcome,
  type DeployPlace,
  type DeployStep,
  deployCaches,
  type OpenShoot,
  showObject,
  undeployCaches,
} from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import { readClusterFlags } from "./cluster-flags.ts";
import type { CommandLine, FlagValues } from "./command-line.ts";
import { askYes } from "./host/ask-yes.ts";
import { openOfFiles } from "./open-shoot-flags.ts";
import { printable } from "./print/printable.ts";
import { openTerminal, type Terminal } from "./print/terminal.ts";
import { readShootFlags, readText } from "./shoot-flags.ts";

const defaultTimeout = 300;

/** Runs `deploy`: applies the cluster profile and waits for it. Gives the exit code: 1 where it is not ready in time, or not wanted. */
export async function runDeploy({ flags }: CommandLine): Promise<number> {
  const terminal = openTerminal();
  const authority = { certificate: readText(flags["ca-cert"]), key: readText(flags["ca-key"]) };
  const { namespace: _, ...cluster } = readClusterFlags(flags);
  const outcome = await deployCaches(
    {
      flags: cluster,
      open: openWhole(flags),
      namespace: readText(flags["cluster-namespace"]),
      image: readText(flags["image"]),
      serviceMonitor: flags["service-monitor"] === true,
      dryRun: flags["dry-run"] === true,
      timeout: readTimeout(flags) * 1_000,
      pause: () => new Promise((resolve) => setTimeout(resolve, 1_000)),
      makeCertificates: async (specs) =>
        (await import("./certificates/make-certificates.ts")).makeCertificates(specs, authority),
      newCertificates: authority.certificate !== undefined,
    },
    listenerOn(terminal, flags),
  );
  if (!outcome.ok) throw new CliError(printable(outcome.error), 3);
  if (outcome.value.applied && outcome.value.late.length === 0) terminal.out("All is ready.\n");
  return tell(outcome.value, terminal, flags);
}

/** Runs `undeploy`: takes the cluster profile away. Gives the exit code. */
export async function runUndeploy({ flags }: CommandLine): Promise<number> {
  const terminal = openTerminal();
  const { namespace: _, ...cluster } = readClusterFlags(flags);
  const request = {
    flags: cluster,
    namespace: readText(flags["cluster-namespace"]),
    dryRun: flags["dry-run"] === true,
  };
  const outcome = await undeployCaches(request, listenerOn(terminal, flags));
  if (!outcome.ok) throw new CliError(printable(outcome.error), 3);
  return tell(outcome.value, terminal, flags);
}

/** What is deployed replaces what runs, so a login that cannot be read must not be taken for one that is not there. */
function openWhole(flags: FlagValues): OpenShoot {
  const open = openOfFiles(readShootFlags(flags), { err: () => undefined });
  const [problem] = open.problems;
  if (problem !== undefined) throw new CliError(`${printable(problem.file)}: ${printable(problem.message)}`);
  return open;
}

function readTimeout(flags: FlagValues): number {
  const text = readText(flags["timeout"]);
  if (text === undefined) return defaultTimeout;
  if (!/^\d{1,6}$/.test(text)) throw new CliError(`--timeout takes a number of seconds, not "${printable(text)}"`);
  return Number(text);
}

const done = { create: "created", update: "updated", keep: "kept", delete: "deleted" } as const;

function listenerOn(terminal: Terminal, flags: FlagValues): DeployListener {
  let shown = "";
  return {
    confirm: async (steps, where) => {
      for (const it of steps) terminal.out(renderStep(it));
      terminal.flush();
      return flags["yes"] === true || !steps.some((it) => it.do !== "keep") || (await ask(terminal, where));
    },
    done: (step) => {
      terminal.out(`${done[step.do]} ${printable(showObject(step))}\n`);
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

function tell({ steps, applied, late, staying }: DeployOutcome, terminal: Terminal, flags: FlagValues): number {
  const dryRun = flags["dry-run"] === true;
  const namespace = readText(flags["cluster-namespace"]) ?? clusterDefaults.namespace;
  if (dryRun) for (const it of steps) terminal.out(renderStep(it));
  if (steps.length === 0) terminal.out(`There is nothing that deploy made for namespace ${printable(namespace)}.\n`);
  else if (!applied) terminal.out("Nothing was done.\n");
  terminal.flush();
  for (const { name, holds } of staying)
    terminal.err(`note: Namespace ${printable(name)} stays, others have something in it: ${printable(few(holds))}\n`);
  for (const it of late)
    terminal.err(`error: ${printable(showObject(it))} is not ready in time, "${whoKnows(it, flags)}" says why\n`);
  if (late.length > 0 && steps.some((it) => it.do === "delete"))
    terminal.err("note: what is to be deleted stays until all is ready, run deploy again then\n");
  return late.length > 0 || (!applied && !dryRun && steps.length > 0) ? 1 : 0;
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
