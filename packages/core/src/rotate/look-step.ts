import type { RotatingShoot } from "./live-rotation.ts";
import type { LiveBlocker, LiveStep, RotationWish } from "./live-step.ts";
import type { VerifyWish } from "./verification.ts";

/** Whether Gardener says that a Shoot has the new Secret. */
export function isRolledOut({ stage, progress }: RotatingShoot): boolean {
  return stage === "switched" && progress.state === "done";
}

/** Whether the caches of a Shoot that is rolled out are still to be looked at, or somebody is at it. */
export function waitsForLook(shoot: RotatingShoot, { wait, verify }: RotationWish): boolean {
  const looks = wait && verify !== "no";
  const state = shoot.verification?.state ?? "running";
  return isRolledOut(shoot) && looks && state === "running";
}

/** So many clusters are looked into at a time: each is a client with two watches. */
const atOnce = 10;

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
  const looking = done.filter((it) => it.verification?.state === "running");
  const unseen = done.filter((it) => it.verification === undefined);
  const next = unseen.slice(0, Math.max(0, atOnce - looking.length));
  if (next.length > 0)
    return { next: "act", actions: next.map(({ shoot }) => ({ do: "verify-shoot", shoot: shoot.name, to })) };
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
