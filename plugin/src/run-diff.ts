import { diffShoots, type OpenShoot, openShoot, renderChange, type ShootRequest } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { CommandLine } from "./command-line.ts";
import { readOutput } from "./flag-values.ts";
import { openLive } from "./open-shoot-flags.ts";
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
  const after = openShoot(request);
  if (!after.ok) throw new CliError(printable(after.error));
  const name = request.shoot ?? after.value.shoot.name?.value;
  const namespace = request.namespace ?? after.value.shoot.namespace?.value;
  const before = isLive
    ? await openLive({ ...flags, namespace }, name)
    : openBefore({ ...request, shoot: name, against });
  const changes = diffShoots(before, after.value);
  if (!changes.ok) throw new CliError(printable(changes.error));
  const { out, flush } = openTerminal();
  if (readOutput(flags) === "json") out(`${JSON.stringify({ shoot: name, caches: changes.value }, undefined, 2)}\n`);
  else out(changes.value.map(renderChange).join("") || "the Shoot has no caches\n");
  flush();
  return changes.value.some((it) => it.kind !== "unchanged") ? 1 : 0;
}

function openBefore(request: ShootRequest): OpenShoot {
  const before = openShoot(request);
  if (!before.ok) throw new CliError(printable(before.error));
  return before.value;
}
