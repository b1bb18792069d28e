import { diffShoots, renderChange } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { CommandLine } from "./command-line.ts";
import { readOutput } from "./flag-values.ts";
import { openLive, openOfFiles } from "./open-shoot-flags.ts";
import { printable } from "./print/printable.ts";
import { openTerminal } from "./print/terminal.ts";
import { readShootFlags, readText } from "./shoot-flags.ts";

/** Runs `diff`: prints what a change of a Shoot does to its caches. Gives the exit code: 1 where something changes. */
export async function runDiff({ flags }: CommandLine): Promise<number> {
  const against = readText(flags["against"]);
  const isLive = flags["live"] === true;
  if ((against === undefined) === !isLive)
    throw new CliError(
      "must specify either --against with the Shoot before the change, for example git:HEAD, or --live",
    );
  const request = readShootFlags(flags);
  const terminal = openTerminal();
  const after = openOfFiles(request, terminal);
  const name = request.shoot ?? after.shoot.name?.value;
  const namespace = request.namespace ?? after.shoot.namespace?.value;
  const before = isLive
    ? await openLive({ ...flags, namespace }, name)
    : openOfFiles({ ...request, shoot: name, against }, terminal);
  const changes = diffShoots(before, after);
  if (!changes.ok) throw new CliError(printable(changes.error));
  const { out, flush } = terminal;
  if (readOutput(flags) === "json") out(`${JSON.stringify({ shoot: name, caches: changes.value }, undefined, 2)}\n`);
  else out(changes.value.map(renderChange).join("") || "the Shoot has no caches\n");
  flush();
  // A login that could not be read may be another one.
  if (before.problems.length + after.problems.length > 0) return 2;
  return changes.value.some((it) => it.kind !== "unchanged") ? 1 : 0;
}
