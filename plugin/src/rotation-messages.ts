import type { FileFinish, FileRollback, FileRotation, ShootId } from "@registry-cache/core";
import { laterCommand } from "./open-rotation-run.ts";
import { printable } from "./print/printable.ts";
import type { WriteFlags } from "./rotate-flags.ts";

/** What a commit says: what was done in its first line, and what is to be done next below it. */
export interface CommitMessage {
  readonly subject: string;
  readonly body: string;
  /** The command of the next phase; undefined where there is none. */
  readonly next: { readonly verb: string; readonly purpose: string } | undefined;
}

/** The message of the first phase; `already` are the Shoots that an earlier run has switched. */
export function rotationCommit({ from, to, steps, form }: FileRotation, already: readonly ShootId[]): CommitMessage {
  const switched = steps.flatMap((it) => (it.do === "switch-shoot" ? [it.shoot] : []));
  const users = listShoots([...already, ...switched]);
  const first = form === "ExternalSecret" ? `The store must hold the values of "${to}" before this is deployed.\n` : "";
  return {
    subject: `Rotate Secret ${printable(from)} to ${printable(to)}`,
    body: `${users}${first}Next: deploy this commit and wait until every Shoot has reconciled.`,
    next: { verb: "rotate finish", purpose: `removes "${printable(from)}"; revoke its credential after that.` },
  };
}

/** So many Shoots are named. */
const maxShoots = 50;

function listShoots(shoots: readonly ShootId[]): string {
  if (shoots.length === 0) return "";
  const lines = shoots.slice(0, maxShoots).map((it) => `- ${printable(it.name ?? "without a name")}\n`);
  const more = shoots.length > maxShoots ? `and ${shoots.length - maxShoots} more\n` : "";
  return `These Shoots use it from now on:\n${lines.join("")}${more}\n`;
}

/** The message of the last phase. */
export function finishCommit({ from, to }: FileFinish): CommitMessage {
  const instead = to === undefined ? "" : `, replaced by ${printable(to)}`;
  return {
    subject: `Remove Secret ${printable(from)}${instead}`,
    body: "Next: deploy this commit, then revoke the credential that was replaced.",
    next: undefined,
  };
}

/** The message of the way back. */
export function rollbackCommit({ to }: FileRollback): CommitMessage {
  return {
    subject: `Roll back to Secret ${printable(to)}`,
    body: "Next: deploy this commit and wait until every Shoot has reconciled.",
    next: { verb: "rotate", purpose: "begins anew." },
  };
}

/** A commit's whole message, with the next command as it is given in the root of the repository. */
export function renderCommit(
  { subject, body, next }: CommitMessage,
  flags: WriteFlags,
  pathOf: (name: string) => string,
): string {
  const command = next && laterCommand(next.verb, { ...flags, names: flags.names.map(pathOf) });
  const then = next && `Then, in the root of this repository,\n\n    ${command}\n\n${next.purpose}`;
  return [`${subject}\n`, body, ...(then ? [then] : [])].join("\n");
}
