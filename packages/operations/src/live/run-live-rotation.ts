import {
  type LiveAction,
  type LiveBlocker,
  type LiveRotation,
  type LiveSecretView,
  type LiveStep,
  liveRotation,
  nextLiveStep,
  progressText,
} from "@registry-cache/core";
import { createStop, type GardenError, isGardenError } from "@registry-cache/garden";
import { type ActionContext, Refusal } from "./action-context.ts";
import { performAction } from "./perform-action.ts";
import type { LiveRotationRequest, RotationOutcome } from "./rotation-request.ts";
import { openRotationView, type RotationView, readRotationSecrets } from "./rotation-view.ts";
import { openShootLook, type ShootLook } from "./shoot-look.ts";

/** How often in a row the garden may fail before a run gives up. */
const maxFailures = 5;

/**
 * Carries a rotation on, from wherever it is, until it is done or cannot go on. Nothing is remembered but what is in the
 * garden, so a run that was killed is gone on with by any other.
 */
export async function runLiveRotation(request: LiveRotationRequest): Promise<RotationOutcome> {
  const view = await openRotationView(request.client);
  const look = openShootLook({ ...request, view }, request.look ?? { as: "viewer" });
  try {
    return await go({ request, view, look, ...clockOf(request) });
  } finally {
    await look.close();
    view.close();
  }
}

interface Run {
  readonly request: LiveRotationRequest;
  readonly view: RotationView;
  readonly look: ShootLook;
  readonly now: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
}

function clockOf({ now = () => Date.now(), pause = sleep }: LiveRotationRequest): Pick<Run, "now" | "pause"> {
  return { now, pause };
}

async function go(run: Run): Promise<RotationOutcome> {
  const { request, view, look, now } = run;
  const deadline = request.timeout === undefined ? undefined : now() + request.timeout;
  const tell = createTeller(request);
  const memory = { checked: new Set<string>(), switches: new Map<string, number>() };
  const read = (): Promise<readonly LiveSecretView[]> => readRotationSecrets(request.client, request.from);
  let secrets = await read();
  let fresh = true;
  for (let failures = 0; ; ) {
    const { verifications } = look;
    const { ownWrites } = view;
    const rotation = liveRotation({ from: request.from, secrets, shoots: view.shoots(), ownWrites, verifications });
    tell(rotation);
    const step = nextLiveStep(rotation, { ...request, now: now() });
    const ended = endOf(step, rotation, request.signal.aborted ? "interrupted" : isPast(deadline, now()));
    if (ended !== undefined) return ended;
    // No Shoot is given a Secret that was not looked at just before: somebody may be taking it away.
    if (step.next === "act" && !fresh && step.actions.some((it) => it.do !== "verify-shoot")) {
      secrets = await read();
      fresh = true;
      continue;
    }
    fresh = false;
    const failed = await advance(step, { request, view, look, rotation, now, ...memory }, deadline);
    if (failed instanceof Refusal) return outcome("blocked", rotation, [failed.blocker]);
    failures = failed === undefined ? 0 : failures + 1;
    if (failed === undefined) continue;
    if (isFinal(failed) || failures >= maxFailures)
      return { ...outcome("failed", rotation), problem: failed.error.message };
    request.onEvent({ event: "retrying", what: failed.action, problem: failed.error.message });
    await run.pause(250 * 2 ** failures);
  }
}

function isPast(deadline: number | undefined, now: number): "timeout" | undefined {
  return deadline !== undefined && now >= deadline ? "timeout" : undefined;
}

/** The end of a run, where this step is one. What is done is done, whatever else there is. */
function endOf(
  step: LiveStep,
  rotation: LiveRotation,
  stopped: "interrupted" | "timeout" | undefined,
): RotationOutcome | undefined {
  if (step.next === "blocked") return outcome("blocked", rotation, step.blockers);
  if (step.next === "done" || step.next === "paused") return outcome(step.next, rotation);
  return stopped && outcome(stopped, rotation);
}

interface Failed {
  readonly action: LiveAction["do"];
  readonly error: GardenError;
}

/** Carries out the actions of a step side by side, or waits for a change. Gives the first thing that went wrong. */
async function advance(
  step: LiveStep,
  context: ActionContext,
  deadline: number | undefined,
): Promise<Failed | Refusal | undefined> {
  if (step.next === "wait") {
    await untilChanged(context, deadline);
    return undefined;
  }
  if (step.next !== "act") return undefined;
  const done = step.actions.map(async (action): Promise<Failed | Refusal | undefined> => {
    try {
      await performAction(action, context);
      return undefined;
    } catch (error) {
      if (error instanceof Refusal) return error;
      if (isGardenError(error)) return { action: action.do, error };
      throw error;
    }
  });
  const ended = await Promise.all(done);
  return ended.find((it) => it instanceof Refusal) ?? ended.find((it) => it !== undefined);
}

async function untilChanged({ request, view, now }: ActionContext, deadline: number | undefined): Promise<void> {
  const left = deadline === undefined ? {} : { after: Math.max(0, deadline - now()) };
  const stop = createStop({ with: request.signal, ...left });
  await Promise.race([view.changed(), stop.ended]);
  stop.end();
}

/** What will not be better the next time. A denied patch is; one whose test failed means that somebody else wrote first. */
function isFinal({ action, error: { kind, details } }: Failed): boolean {
  const { code = 0, reason, causes = [] } = details;
  // A webhook's denial has a code and no reason.
  if (reason === "" && code >= 400 && code < 500) return true;
  // What is missing for a new Secret is its namespace; a Shoot may be gone, and then the next look knows.
  if (action === "create-secret" && kind === "not-found") return true;
  if (kind === "invalid") return causes.length > 0;
  return ["forbidden", "unauthorized", "certificate", "config", "credentials", "cancelled"].includes(kind);
}

function outcome(
  end: RotationOutcome["end"],
  rotation: LiveRotation,
  blockers: readonly LiveBlocker[] = [],
): RotationOutcome {
  const open = rotation.shoots.filter(({ stage, progress, verification }) => {
    return stage !== "switched" || progress.state !== "done" || verification?.state === "failed";
  });
  return { end, rotation, blockers, open };
}

/** Tells of each Shoot when it is rolled out, and why not when the reason changes. */
function createTeller({ onEvent, aim }: LiveRotationRequest): (rotation: LiveRotation) => void {
  const told = new Map<string, string>();
  return ({ shoots, next }) => {
    if (aim === "rollback" || next === undefined) return;
    for (const { shoot, stage, progress } of shoots) {
      const why = progressText(progress);
      if (stage !== "switched" || told.get(shoot.name) === why) continue;
      told.set(shoot.name, why);
      if (progress.state === "done") onEvent({ event: "rolled-out", shoot: shoot.name, secret: next.name });
      else onEvent({ event: "waiting", shoot: shoot.name, why });
    }
  };
}

async function sleep(milliseconds: number): Promise<void> {
  await createStop({ after: milliseconds }).ended;
}
