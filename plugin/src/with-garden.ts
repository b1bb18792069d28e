import { type GardenSession, gardenErrorLine, openSession } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import { clusterExit } from "./cluster-error.ts";
import type { GardenFlags } from "./garden-flags.ts";
import { printable } from "./print/printable.ts";
import type { Terminal } from "./print/terminal.ts";
import { version } from "./version.ts";

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

/** Where in the garden somebody looked, for who finds nothing there: which namespace is meant is seldom typed. */
export function placeOf({ client, scope }: GardenSession): string {
  if (scope.all) return "the whole garden";
  if (scope.projects.length > 0) return `project ${printable(scope.projects.join(", "))}`;
  return `namespace ${printable(client.namespace)}`;
}

/** Does what needs no garden but its kubeconfig; what goes wrong is a matter of usage. */
export function explainGardenError<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw explained(error, 2);
  }
}

function explained(error: unknown, exit = clusterExit): unknown {
  const line = gardenErrorLine(error);
  return line === undefined ? error : new CliError(printable(line), exit, true);
}
