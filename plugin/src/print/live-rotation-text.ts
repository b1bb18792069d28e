import { type LiveRotation, progressText, type RotatingShoot, type VerifyWish } from "@registry-cache/core";
import type { Preflight, RotationEvent, RotationOutcome, ShootRole } from "@registry-cache/operations";
import { printable } from "./printable.ts";
import { plural } from "./summary.ts";
import { renderTable } from "./table.ts";

/** What of the command line decides about the steps. */
export interface PlanWish {
  readonly wait: boolean;
  readonly deleteOld: boolean;
  readonly verify: { readonly wish: VerifyWish; readonly as: ShootRole };
}

const aims: { readonly [as in ShootRole]: string } = {
  viewer: "its caches run with the new Secret",
  admin: "its caches run with the new Secret, and the upstream takes it",
};

/** What a run would do, in the order of its steps. */
export function renderLivePlan({ from, to, rotation, notes }: Preflight, wish: PlanWish): string {
  const { wait, deleteOld, verify } = wish;
  const [old, next] = [printable(from), printable(to)];
  const open = rotation.shoots.filter((it) => it.stage === "old");
  const lines = [
    ...(rotation.next === undefined
      ? [`create Secret ${next}, immutable, in place of ${old}`]
      : [`go on with Secret ${next}`]),
    ...open.map(({ shoot, old: entries }, index) => {
      const uses = entries
        .flatMap((it) => it.users)
        .map(printable)
        .join(", ");
      return `switch Shoot ${printable(shoot.name)}${uses && ` (${uses})`}${index === 0 && open.length > 1 ? ", first and alone" : ""}`;
    }),
    ...(open.length > 0 && wait ? ["wait until each is rolled out"] : []),
    ...(wait && verify.wish !== "no" ? [`look into each as ${verify.as}: ${aims[verify.as]}`] : []),
    deleteOld ? `delete Secret ${old}, when nothing names it` : `keep Secret ${old} as the way back`,
  ];
  return `${lines.map((it, index) => `${index + 1}. ${it}\n`).join("")}${notes.map((it) => `note: ${printable(it)}\n`).join("")}`;
}

/** What has happened, in one line. */
export function renderRotationEvent(event: RotationEvent): string {
  switch (event.event) {
    case "created":
      return `Secret ${printable(event.secret)} created`;
    case "reused":
      return `Secret ${printable(event.secret)} is there already, with the same values`;
    case "checked":
      return `Shoot ${printable(event.shoot)}: admission takes Secret ${printable(event.secret)}`;
    case "switched":
      return `Shoot ${printable(event.shoot)}: switched from ${printable(event.from)} to ${printable(event.to)}${event.reconcile ? ", reconcile asked for" : ""}`;
    case "triggered":
      return `Shoot ${printable(event.shoot)}: reconcile asked for`;
    case "waiting":
      return `Shoot ${printable(event.shoot)}: ${event.why}`;
    case "rolled-out":
      return `Shoot ${printable(event.shoot)}: rolled out with ${printable(event.secret)}`;
    case "looking":
      return `Shoot ${printable(event.shoot)}: looking at its caches as ${event.as}`;
    case "verified": {
      const doubts = event.unsure.map((it) => `note: ${it}`);
      return [...event.seen, ...doubts].map((it) => `Shoot ${printable(event.shoot)}: ${printable(it)}`).join("\n");
    }
    case "not-verified":
      return `Shoot ${printable(event.shoot)}: not looked into as ${event.as}: ${printable(event.why)}`;
    case "grace":
      return `Secret ${printable(event.secret)} stays until ${event.until}`;
    case "unprotecting":
      return `Secret ${printable(event.secret)}: waiting until Gardener protects it no more`;
    case "rolling-back":
      return `Secret ${printable(event.secret)}: no Shoot is given it any more`;
    case "deleted":
      return `Secret ${printable(event.secret)} deleted`;
    case "retrying":
      return `${event.what}: ${printable(event.problem)}; trying again`;
  }
}

/** How a run ended, and how to go on. `words` is the end of a command line that names the Secret. */
export function renderRotationEnd(
  outcome: RotationOutcome,
  aim: "rotate" | "finish" | "rollback",
  words: string,
): string {
  const { end, rotation, open, problem } = outcome;
  const command = (name: string): string => `kubectl registry-cache rotate ${name} ${words}`;
  const again = command(aim === "rollback" ? "rollback" : aim === "finish" ? "finish" : "resume");
  const ways = aim === "rollback" ? again : `${again}, or take it back: ${command("rollback")}`;
  // The new credential is in no Secret yet, so there is nothing to be resumed.
  const onward = aim === "rotate" && rotation.next === undefined ? "Give the same command again" : `Go on: ${ways}`;
  const counted = `${plural(rotation.shoots.length - open.length, "Shoot")} done, ${open.length} open`;
  switch (end) {
    case "done":
      return doneText(outcome, aim, command);
    case "blocked": {
      const canReturn = aim === "rotate" && rotation.next !== undefined;
      return canReturn ? `${counted}. When that is mended: ${again}, or take it back: ${command("rollback")}\n` : "";
    }
    case "paused":
      return `${counted}; nothing more happens by itself now. Go on later: ${again}\n`;
    case "timeout":
      return `out of time: ${counted}. Go on: ${again}\n`;
    case "interrupted":
      return `stopped: ${counted}. ${onward}\n`;
    case "failed":
      return `the garden refused: ${printable(problem ?? "")}. ${onward}\n`;
  }
}

function doneText(
  { rotation, open }: RotationOutcome,
  aim: "rotate" | "finish" | "rollback",
  command: (name: string) => string,
): string {
  const { old, next, from } = rotation;
  if (aim === "rollback")
    return `Nothing is left of a rotation of Secret ${printable(from)}, ${plural(rotation.shoots.length, "Shoot names", "Shoots name")} it.\n`;
  if (old === undefined) return `Secret ${printable(from)} is gone. Now revoke the credential that was replaced.\n`;
  if (open.length > 0) return `Every Shoot is switched, not all are rolled out. Look: ${command("status")}\n`;
  return `Every Shoot uses Secret ${printable(next?.name ?? "")}. When all is well: ${command("finish")}\n`;
}

/** How far a rotation is, as a table with a sentence below. */
export function renderLiveStatus(rotation: LiveRotation): string {
  const { from, old, next, shoots } = rotation;
  const rows = shoots.map((it) => [printable(it.shoot.name), printable(secretOf(it)), stateOf(it)]);
  const table = rows.length === 0 ? "" : renderTable([["SHOOT", "SECRET", "STATE"], ...rows]);
  return `${table}${sentence(printable(from), old !== undefined, next && printable(next.name), shoots)}\n`;
}

function sentence(from: string, isThere: boolean, to: string | undefined, shoots: readonly RotatingShoot[]): string {
  if (to === undefined) return isThere ? `No rotation of Secret ${from} is under way.` : `There is no Secret ${from}.`;
  const open = shoots.filter((it) => it.stage !== "switched" || it.progress.state !== "done").length;
  if (open > 0) return `Secret ${from} is being replaced by ${to}: ${open} of ${plural(shoots.length, "Shoot")} open.`;
  return isThere ? `Every Shoot uses ${to}; rotate finish removes ${from}.` : `Secret ${from} was replaced by ${to}.`;
}

function secretOf({ stage, old, new: switched }: RotatingShoot): string {
  return (stage === "switched" ? switched : old)[0]?.secret ?? "";
}

function stateOf({ stage, progress }: RotatingShoot): string {
  if (stage === "old") return "to be switched";
  return stage === "leaving" ? "it is being deleted" : progressText(progress);
}
