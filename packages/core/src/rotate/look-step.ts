import type { RotatingShoot } from "./live-rotation.ts";
import type { LiveBlocker, LiveStep, RotationWish } from "./live-step.ts";
import type { VerifyWish } from "./verification.ts";

/** Whether Gardener says that a Shoot has the new Secret. */
export function isRolledOut({ stage, progress }: RotatingShoot): boolean {
  return stage === "switched" && progress.state === "done";
}

/** Whether somebody is looking at the caches of a Shoot that is rolled out. */
export function isLookedInto(shoot: RotatingShoot): boolean {
  return isRolledOut(shoot) && shoot.verification?.state === "running";
}

/** Looks into the Shoots that are rolled out. A cache that does not work with the new credential stops it all, while the old one is there. */
export function lookStep(
  shoots: readonly RotatingShoot[],
  to: string,
  { wait, verify }: RotationWish,
): LiveStep | undefined {
  if (!wait || verify === "no") return undefined;
  const done = shoots.filter(isRolledOut);
  const bad = done.flatMap((it) => notVerified(it, verify));
  if (bad.length > 0) return { next: "blocked", blockers: bad };
  const unseen = done.filter((it) => it.verification === undefined);
  if (unseen.length > 0)
    return { next: "act", actions: unseen.map(({ shoot }) => ({ do: "verify-shoot", shoot: shoot.name, to })) };
  const looking = done.filter(isLookedInto);
  return looking.length > 0 ? { next: "wait", shoots: looking } : undefined;
}

function notVerified({ shoot, verification }: RotatingShoot, verify: VerifyWish): readonly LiveBlocker[] {
  const { name } = shoot;
  if (verification?.state === "failed")
    return [
      {
        kind: "not-verified",
        shoot: name,
        message: `Shoot "${name}" is rolled out, but its cache does not work with the new Secret: ${verification.why}`,
      },
    ];
  if (verification?.state !== "unknown" || verify !== "must") return [];
  const message = `Shoot "${name}" was not looked into as --verify asks: ${verification.why}`;
  return [{ kind: "not-verified", shoot: name, message }];
}
