import { effectiveWindow, type LiveRotation, type LiveShoot, type RotatingShoot } from "@registry-cache/core";
import { timeText } from "./action-context.ts";
import type { PreflightRequest } from "./rotation-preflight.ts";

/** What of a preflight decides which things there are to know. */
type NoteRequest = Pick<PreflightRequest, "from" | "triggerReconcile" | "now">;

/** What somebody should know before a rotation; nothing of it stops one. */
export function rotationNotes(
  { shoots }: LiveRotation,
  all: readonly LiveShoot[],
  request: NoteRequest,
): readonly string[] {
  const own = shoots.flatMap((it) => shootNotes(it, request));
  return [...own, ...gapNote(shoots), ...otherUses(all, request.from)];
}

function shootNotes({ shoot, stage, old }: RotatingShoot, { triggerReconcile, now }: NoteRequest): readonly string[] {
  const { name, rollOut, window, operation, unhealthy, wakeUps } = shoot;
  const unused = old.filter((it) => it.users.length === 0).map((it) => it.name);
  const notes: string[] = [];
  if (stage === "leaving") notes.push(`Shoot "${name}" is being deleted, it keeps the old Secret until it is gone`);
  if (rollOut.hibernated)
    notes.push(
      `Shoot "${name}" is hibernated, its cache gets the new credential when it wakes up${wakeWords(wakeUps)}`,
    );
  if (rollOut.confined && !triggerReconcile)
    notes.push(
      `Shoot "${name}" takes changes in its maintenance window only${windowWords(window, now)}, --trigger-reconcile asks for it at once`,
    );
  if (unhealthy.length > 0)
    notes.push(
      `Shoot "${name}" is not well (${unhealthy.join(", ")} is False), which may keep its cache from starting`,
    );
  if (operation !== undefined) notes.push(`Shoot "${name}" waits for operation "${operation}", which is left alone`);
  for (const entry of unused)
    notes.push(`entry "${entry}" of Shoot "${name}" is used by neither cache nor mirror, it is switched, too`);
  return notes;
}

/** The window ends 15 minutes early, so that a run that starts in it can finish. */
function windowWords({ begin, end }: LiveShoot["window"], now: number): string {
  const window = effectiveWindow(begin, end, now);
  return window === undefined ? "" : `, from ${timeText(window.from)} to ${timeText(window.to)}`;
}

function wakeWords(wakeUps: readonly string[]): string {
  return wakeUps.length === 0 ? ", which no schedule does" : `, by its schedule at ${wakeUps.join(" and ")}`;
}

/** A cache of one replica is not there while its pod is replaced; the pull secrets of pods count then. */
function gapNote(shoots: readonly RotatingShoot[]): readonly string[] {
  const single = shoots.filter((it) => it.stage === "old" && it.shoot.singleCaches.some((name) => usesCache(it, name)));
  const [first, ...others] = single.map((it) => `"${it.shoot.name}"`);
  if (first === undefined) return [];
  const whose = others.length === 0 ? `Shoot ${first}` : `Shoot ${first} and ${others.length} more`;
  return [
    `caches of one replica restart (${whose}): for some seconds nodes pull from the upstream itself, with the pull secrets of pods or as nobody; highAvailability closes that gap`,
  ];
}

function usesCache({ old }: RotatingShoot, upstream: string): boolean {
  return old.some((it) => it.users.includes(`cache ${upstream}`));
}

function otherUses(shoots: readonly LiveShoot[], from: string): readonly string[] {
  return shoots.flatMap(({ name, others }) =>
    others
      .filter((it) => it.secret === from)
      .map((it) => `${it.field} of Shoot "${name}" names the Secret, too, and is left alone: the old Secret must stay`),
  );
}
