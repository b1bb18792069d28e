import { obstacleTexts } from "../live/usage.ts";
import { rotationAnnotations } from "./live-provenance.ts";
import type { LiveRotation, Progress, RotatingShoot } from "./live-rotation.ts";
import type { LiveAction, LiveBlocker, LiveStep, RotationWish } from "./live-step.ts";
import { isRolledOut, lookStep, waitsForLook } from "./look-step.ts";

/** Decides what comes next from nothing but what is there, so a rotation that was broken off goes on as if it never had been. */
export function nextLiveStep(rotation: LiveRotation, wish: RotationWish): LiveStep {
  if (wish.aim === "rollback") return nextRollbackStep(rotation);
  const { next } = rotation;
  if (next === undefined) return beforeCreate(rotation, wish);
  if (next.terminating)
    return blocked("terminating", `Secret "${next.name}" is being deleted, no Shoot can be given it`);
  if (isRollingBack(rotation))
    return blocked(
      "rolling-back",
      `the rotation to "${next.name}" is being rolled back: rotate rollback finishes that`,
    );
  return wish.aim === "finish"
    ? finishStep(rotation, wish)
    : (switchStep(rotation, next.name, wish) ?? finishStep(rotation, wish));
}

/** Whether somebody takes a rotation back. Whoever began that when the old Secret was just deleted did not get far. */
export function isRollingBack({ old, next }: Pick<LiveRotation, "old" | "next">): boolean {
  return old !== undefined && next?.annotations[rotationAnnotations.rollingBack] !== undefined;
}

function beforeCreate({ from, old, shoots }: LiveRotation, { aim }: RotationWish): LiveStep {
  if (aim === "finish")
    return blocked("not-rotated", `no Secret says that it replaces "${from}", so nothing is to be finished`);
  if (old === undefined) return blocked("no-secret", `there is no Secret "${from}"`);
  if (shoots.length === 0)
    return blocked("not-rotated", `no Shoot uses Secret "${from}", so there is nothing to rotate`);
  return { next: "act", actions: [{ do: "create-secret" }] };
}

/** The next Shoots to be switched, the first one alone; undefined when nothing is left to switch or to wait for. */
function switchStep({ shoots }: LiveRotation, to: string, wish: RotationWish): LiveStep | undefined {
  const broken = shoots.filter((it) => it.stage === "switched" && it.progress.state === "broken");
  if (wish.wait && broken.length > 0) return { next: "blocked", blockers: broken.map(brokenShoot) };
  const open = shoots.filter((it) => it.stage === "old");
  const triggers = wish.triggerReconcile ? shoots.filter(canBeTriggered) : [];
  if (triggers.length > 0) return act(triggers.map(({ shoot }) => ({ do: "trigger-reconcile", shoot: shoot.name })));
  const look = lookStep(shoots, to, wish);
  if (look !== undefined && look.next !== "wait") return look;
  const moving = shoots.filter((it) => {
    return waitsForLook(it, wish) || (it.stage === "switched" && it.progress.state === "moving");
  });
  const proven = shoots.some((it) => isRolledOut(it) && !waitsForLook(it, wish));
  const atOnce = !wish.wait ? open.length : (proven ? wish.parallel : 1) - moving.length;
  const chosen = open.slice(0, Math.max(0, atOnce));
  if (chosen.length > 0)
    return act(chosen.map(({ shoot, old }) => ({ do: "switch-shoot", shoot: shoot.name, entries: old, to })));
  if (!wish.wait) return { next: "done" };
  if (moving.length > 0) return { next: "wait", shoots: moving };
  const parked = shoots.filter((it) => it.stage === "switched" && it.progress.state === "parked");
  return parked.length > 0 ? { next: "paused", shoots: parked } : undefined;
}

/** A Shoot that waits for its window, and for which nobody has asked for an operation yet. */
function canBeTriggered({ stage, progress, shoot }: RotatingShoot): boolean {
  const waits = progress.state === "parked" && (progress.why === "confined" || progress.why === "unproven");
  return stage === "switched" && waits && shoot.operation === undefined;
}

function finishStep({ from, old, next, shoots, deleteAfter, ...rotation }: LiveRotation, wish: RotationWish): LiveStep {
  const grace = Math.max(wish.grace, rotation.grace);
  const using = shoots.filter((it) => it.stage !== "switched");
  const open = shoots.filter((it) => it.stage === "switched" && it.progress.state !== "done");
  const wantsDelete = wish.deleteOld || wish.aim === "finish";
  if (wish.aim === "finish" && using.length > 0)
    return { next: "blocked", blockers: using.map((it) => stillUsed(it, from)) };
  if (wish.aim === "finish" && open.length > 0) return { next: "blocked", blockers: open.map(openShoot) };
  if (next !== undefined && grace > 0 && deleteAfter === undefined && using.length === 0)
    return act([{ do: "start-grace", secret: next.name, until: wish.now + grace }]);
  if (!wantsDelete || old === undefined) return { next: "done" };
  if (using.length > 0) return { next: "blocked", blockers: using.map((it) => stillUsed(it, from)) };
  if (deleteAfter !== undefined && deleteAfter > wish.now) {
    if (wish.aim !== "finish") return { next: "done" };
    return {
      next: "blocked",
      blockers: [{ kind: "grace", message: `Secret "${from}" is to stay for its grace`, until: deleteAfter }],
    };
  }
  const look = next && lookStep(shoots, next.name, wish);
  return look ?? act([{ do: "delete-secret", secret: from }]);
}

/** The way back: first it is said that nobody goes on, then every Shoot returns, then what was made is deleted. */
function nextRollbackStep({ from, old, next, shoots }: LiveRotation): LiveStep {
  if (next === undefined)
    return old === undefined ? blocked("no-secret", `there is no Secret "${from}"`) : { next: "done" };
  const back = shoots.filter((it) => it.new.length > 0 && !it.shoot.rollOut.deleting);
  const leaving = shoots.filter((it) => it.new.length > 0 && it.shoot.rollOut.deleting);
  if (back.length > 0 && old === undefined)
    return blocked("no-secret", `there is no Secret "${from}" any more to return to: rotate on from "${next.name}"`);
  if (back.length > 0 && old?.terminating === true)
    return blocked("terminating", `Secret "${from}" is being deleted, no Shoot can return to it`);
  if (!next.terminating && next.annotations[rotationAnnotations.rollingBack] === undefined)
    return act([{ do: "mark-rollback", secret: next.name }]);
  if (back.length > 0)
    return act(back.map((it) => ({ do: "switch-shoot", shoot: it.shoot.name, entries: it.new, to: from })));
  if (leaving.length > 0) return { next: "blocked", blockers: leaving.map((it) => stillUsed(it, next.name)) };
  return next.terminating ? { next: "done" } : act([{ do: "delete-secret", secret: next.name }]);
}

function act(actions: readonly LiveAction[]): LiveStep {
  return { next: "act", actions };
}

function blocked(kind: LiveBlocker["kind"], message: string): LiveStep {
  return { next: "blocked", blockers: [{ kind, message }] };
}

function stillUsed({ shoot, stage }: RotatingShoot, secret: string): LiveBlocker {
  const how = stage === "leaving" || shoot.rollOut.deleting ? "is being deleted and still names" : "still names";
  return { kind: "still-used", shoot: shoot.name, message: `Shoot "${shoot.name}" ${how} Secret "${secret}"` };
}

function brokenShoot({ shoot, progress }: RotatingShoot): LiveBlocker {
  return {
    kind: "broken",
    shoot: shoot.name,
    message: `Shoot "${shoot.name}" does not use the new Secret: ${progressText(progress)}`,
  };
}

/** What keeps the old Secret; of a Shoot that is on its way nobody can say that it does not use the new one. */
function openShoot(it: RotatingShoot): LiveBlocker {
  const { shoot, progress } = it;
  if (progress.state === "broken") return brokenShoot(it);
  const message = `Shoot "${shoot.name}" may not use the new Secret yet: ${progressText(progress)}`;
  const hint = canBeTriggered(it)
    ? ", rotate resume --trigger-reconcile --delete-old does not wait for its window"
    : "";
  return { kind: "broken", shoot: shoot.name, message: message + hint };
}

/** Why a Shoot is not done, as the end of a sentence. */
export function progressText(progress: Progress): string {
  if (progress.state === "done") return "it is rolled out";
  const { why } = progress;
  if (why === "replaced") return "it is another Shoot of the same name";
  return why === "reverted"
    ? "somebody put another Secret there, or no enabled cache or mirror uses it"
    : obstacleTexts[why];
}
