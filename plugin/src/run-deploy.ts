import {
  type DeployListener,
  type DeployOutcome,
  type DeployStep,
  deployCaches,
  showObject,
  undeployCaches,
} from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import { readClusterFlags } from "./cluster-flags.ts";
import type { CommandLine, FlagValues } from "./command-line.ts";
import { openPrompt } from "./host/prompt.ts";
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
      files: readShootFlags(flags),
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
    confirm: async (steps) => {
      for (const it of steps) terminal.out(renderStep(it));
      terminal.flush();
      return flags["yes"] === true || !steps.some((it) => it.do !== "keep") || (await ask(terminal));
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

async function ask(terminal: Terminal): Promise<boolean> {
  if (!terminal.canAsk())
    throw new CliError(
      "nothing was done, there is no terminal to ask on: add --yes to do it, or --dry-run to only look",
    );
  const prompt = openPrompt();
  try {
    const answer = await prompt.ask("\nDo this? [y/N] ");
    return /^y(?:es)?$/i.test(answer?.trim() ?? "");
  } finally {
    prompt.close();
  }
}

function tell({ steps, applied, late }: DeployOutcome, terminal: Terminal, flags: FlagValues): number {
  const dryRun = flags["dry-run"] === true;
  if (dryRun) for (const it of steps) terminal.out(renderStep(it));
  if (steps.length === 0) terminal.out("there is nothing of ours\n");
  else if (!applied) terminal.out("Nothing was done.\n");
  terminal.flush();
  for (const it of late)
    terminal.err(
      `error: ${printable(showObject(it))} is not ready in time, "kubectl registry-cache doctor" says why\n`,
    );
  return late.length > 0 || (!applied && !dryRun && steps.length > 0) ? 1 : 0;
}
