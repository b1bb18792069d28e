import { readLiveRotation, rotationClient } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { CommandLine } from "./command-line.ts";
import { readNamedRunFlags } from "./live-rotate-flags.ts";
import { renderLiveStatusJson } from "./print/live-rotation-json.ts";
import { renderLiveStatus } from "./print/live-rotation-text.ts";
import { printable } from "./print/printable.ts";
import { openTerminal } from "./print/terminal.ts";
import { withGarden } from "./with-garden.ts";

/** Runs `rotate status` in a garden: tells how far a rotation is. Gives the exit code. */
export async function runLiveStatus(line: CommandLine): Promise<number> {
  const flags = readNamedRunFlags(line);
  const terminal = openTerminal();
  const { namespace, rotation } = await withGarden(flags.garden, terminal, async (session) => {
    const client = await rotationClient(session);
    return { namespace: client.namespace, rotation: await readLiveRotation(client, flags.secret) };
  });
  const { from, old, next, shoots } = rotation;
  if (old === undefined && next === undefined && shoots.length === 0)
    throw new CliError(`there is no Secret "${printable(from)}" in namespace "${namespace}"`, 3);
  terminal.out(flags.output === "json" ? renderLiveStatusJson(namespace, rotation) : renderLiveStatus(rotation));
  terminal.flush();
  return 0;
}
