import {
  type CacheProbe,
  type ProbeCredential,
  type ProbeTarget,
  probeCaches,
  readFileCredential,
  renderProbe,
} from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { CommandLine } from "./command-line.ts";
import { createPaint, wantsColor } from "./print/paint.ts";
import { printable } from "./print/printable.ts";
import { openTerminal, type Terminal } from "./print/terminal.ts";
import { type NamedSecret, type ProbeFlags, readProbeFlags } from "./probe-flags.ts";

type Credential = Extract<ProbeCredential, { readonly kind: "given" }>["credential"];

/** Runs `probe`: asks upstreams and prints what they answer. Gives the exit code. */
export async function runProbe(line: CommandLine): Promise<number> {
  const terminal = openTerminal();
  const { output, color, ...flags } = readProbeFlags(line);
  const what = await findWhat(flags, terminal);
  const probes = await probeCaches({ ...flags, ...what, now: Math.floor(Date.now() / 1000) });
  if (!probes.ok) throw new CliError(printable(probes.error));
  const { out, flush, outIsTerminal } = terminal;
  if (output === "json") out(`${JSON.stringify({ probes: probes.value.map(toJson) }, undefined, 2)}\n`);
  else {
    const paint = createPaint(wantsColor(color, outIsTerminal));
    out(probes.value.map((it) => renderProbe(it, paint)).join("\n"));
  }
  flush();
  return exitCode(probes.value);
}

type What = Omit<ProbeFlags, "output" | "color">;

/** Finds what is to be probed: the garden is asked only where a Shoot or a Secret of it is meant. */
async function findWhat(
  flags: What,
  terminal: Terminal,
): Promise<{ readonly target: ProbeTarget; readonly credential: ProbeCredential }> {
  const { target, credential } = flags;
  const live = asksGarden(flags) ? await (await import("./probe-garden.ts")).readFromGarden(flags, terminal) : {};
  return {
    target: target.kind === "shoot" ? { kind: "setups", setups: live.setups ?? [] } : target,
    credential:
      credential.kind === "secret"
        ? {
            kind: "given",
            credential: live.credential ?? readSecret(credential),
            from: `Secret ${credential.secret}`,
          }
        : credential,
  };
}

function asksGarden({ target, credential }: What): boolean {
  return target.kind === "shoot" || (credential.kind === "secret" && credential.files === undefined);
}

function readSecret({ secret, files }: NamedSecret): Credential {
  const found = readFileCredential(files ?? { names: [], recursive: false, secret });
  if (!found.ok) throw new CliError(printable(found.error));
  return found.value;
}

/** A cache that surely fails outweighs one that may only be out of reach from here. */
function exitCode(probes: readonly CacheProbe[]): number {
  const verdicts = probes.map((it) => it.report.verdict);
  if (verdicts.includes("cannot-pull")) return 1;
  return verdicts.includes("unreachable") ? 3 : 0;
}

function toJson({ report, ...rest }: CacheProbe): object {
  return { ...rest, ...report };
}
