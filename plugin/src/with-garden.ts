import { type GardenSession, gardenErrorLine, openSession } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { GardenFlags } from "./garden-flags.ts";
import { printable } from "./print/printable.ts";
import type { Terminal } from "./print/terminal.ts";
import { version } from "./version.ts";

/** The exit code for all that the garden refuses, or that keeps us from it. */
const clusterError = 3;

/** Opens the garden for a command and closes it again; what goes wrong in between is told as kubectl would. */
export async function withGarden<T>(
  flags: GardenFlags,
  { err }: Terminal,
  run: (session: GardenSession) => Promise<T>,
): Promise<T> {
  try {
    const session = openSession({
      ...flags,
      env: process.env,
      userAgent: `kubectl-registry-cache/${version}`,
      onWarning: (text) => err(`Warning: ${printable(text)}\n`),
    });
    try {
      return await run(session);
    } finally {
      session.client.close();
    }
  } catch (error) {
    throw explained(error);
  }
}

/** Does what needs no garden but its kubeconfig; what goes wrong is a matter of usage. */
export function explainGardenError<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw explained(error, 2);
  }
}

function explained(error: unknown, exit = clusterError): unknown {
  const line = gardenErrorLine(error);
  return line === undefined ? error : new CliError(printable(line), exit, true);
}
