import { appendFileSync } from "node:fs";

/** What a suite needs from the machine, and how a person gets it. */
export interface Requirement {
  /** The suite that is skipped without it, as a sentence about behaviour. */
  readonly suite: string;
  readonly met: boolean;
  /** Why it is not met, for example `no Go toolchain on the PATH`. */
  readonly reason: string;
  /** The command that enables the suite. */
  readonly enable: string;
}

/**
 * Says whether the suite must be skipped, and notes it for the last lines of `npm test`:
 * `describe.skipIf(lacks({ ... }))("...", () => { ... })`.
 */
export function lacks({ met, ...skip }: Requirement): boolean {
  const notes = process.env["SKIPPED_SUITES"];
  if (!met && notes) appendFileSync(notes, `${JSON.stringify(skip)}\n`);
  return !met;
}
