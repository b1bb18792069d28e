import { appendFileSync } from "node:fs";

/** Something a suite needs from the machine, and how a person gets it. */
export interface Requirement {
  readonly met: boolean;
  /** Why it is not met, for example `no Go toolchain on the PATH`. */
  readonly reason: string;
  /** The command that meets it. */
  readonly enable: string;
}

/**
 * Says whether a suite must be skipped, and notes it for the last lines of `npm test`:
 * `describe.skipIf(lacks(kubectl, "kubectl runs the plugin"))("...", () => { ... })`.
 */
export function lacks({ met, reason, enable }: Requirement, suite: string): boolean {
  const notes = process.env["SKIPPED_SUITES"];
  if (!met && notes) appendFileSync(notes, `${JSON.stringify({ suite, reason, enable })}\n`);
  return !met;
}
