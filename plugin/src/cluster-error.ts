import type { ClusterFailure } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import { printable } from "./print/printable.ts";

/** The exit code for all that a cluster refuses, or that keeps us from it. */
export const clusterExit = 3;

/** Why work in a cluster did not come about, as the one line that kubectl would print. */
export function clusterError({ error, whole }: ClusterFailure): CliError {
  return new CliError(printable(error), clusterExit, whole);
}
