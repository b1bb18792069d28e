import { readLiveRotation, rotationClient } from "@registry-cache/operations";
import type { CommandLine } from "./command-line.ts";
import { readNamedRunFlags } from "./live-rotate-flags.ts";
import { renderLiveStatus } from "./print/live-rotation-text.ts";
import { toText } from "./print/rotation-json.ts";
import { openTerminal } from "./print/terminal.ts";
import { withGarden } from "./with-garden.ts";

/** Runs `rotate status` in a garden: tells how far a rotation is. Gives the exit code. */
export async function runLiveStatus(line: CommandLine): Promise<number> {
  const flags = readNamedRunFlags(line);
  const terminal = openTerminal();
  const rotation = await withGarden(flags.garden, terminal, async (session) =>
    readLiveRotation(await rotationClient(session), flags.secret),
  );
  terminal.out(flags.output === "json" ? toText(rotation) : renderLiveStatus(rotation));
  terminal.flush();
  return 0;
}
