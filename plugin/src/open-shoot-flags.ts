import { type OpenShoot, openShoot, openShootOfGarden, type ShootRequest } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import { clusterError } from "./cluster-error.ts";
import { readClusterFlags } from "./cluster-flags.ts";
import type { FlagValues } from "./command-line.ts";
import { printable } from "./print/printable.ts";
import type { Terminal } from "./print/terminal.ts";
import { readShootFlags, readText } from "./shoot-flags.ts";

/** Opens the Shoot that the flags name: of files, or with `--live` as the garden has it. */
export async function openNamedShoot(flags: FlagValues, terminal: Terminal): Promise<OpenShoot> {
  if (flags["live"] !== true) return openOfFiles(readShootFlags(flags), terminal);
  if (flags["filename"] !== undefined) throw new CliError("--live and -f do not go together: the garden has the Shoot");
  return openLive(flags, readText(flags["shoot"]));
}

/** Opens a Shoot of files, and tells which of them could not be read: its logins may be in there. */
export function openOfFiles(request: ShootRequest, { err }: Pick<Terminal, "err">): OpenShoot {
  const open = openShoot(request);
  if (!open.ok) throw new CliError(printable(open.error));
  for (const { file, message } of open.value.problems) err(`warning: ${printable(file)}: ${printable(message)}\n`);
  return open.value;
}

/** Opens a Shoot as the garden has it. */
export async function openLive(flags: FlagValues, shoot: string | undefined): Promise<OpenShoot> {
  if (shoot === undefined) throw new CliError("--live needs the Shoot's name, say it by --shoot");
  const open = await openShootOfGarden({ flags: readClusterFlags(flags), shoot });
  if (!open.ok) throw clusterError(open);
  return open.value;
}
