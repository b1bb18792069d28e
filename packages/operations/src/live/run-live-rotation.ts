import {
  type LiveBlocker,
  type LiveRotation,
  type LiveSecretView,
  type LiveStep,
  liveRotation,
  nextLiveStep,
  progressText,
} from "@registry-cache/core";
import { createStop } from "@registry-cache/garden";
import { type ActionContext, Refusal } from "./action-context.ts";
import type { LiveRotationRequest, RotationOutcome } from "./rotation-request.ts";
import { advance, attempt, nextTurn, proveOwn } from "./rotation-turn.ts";
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
  const memory = {
    checked: new Set<string>(),
    switches: new Map<string, number>(),
    proven: new Set<string>(),
    deadline,
  };
  let secrets: readonly LiveSecretView[] = [];
  const read = async (): Promise<void> => {
    secrets = await readRotationSecrets(request.client, request.from);
  };
  await read();
  let fresh = true;
  for (let failures = 0; ; ) {
    const { verifications } = look;
    const { ownWrites } = view;
    const rotation = liveRotation({ from: request.from, secrets, shoots: view.shoots(), ownWrites, verifications });
    tell(rotation);
    const context: ActionContext = { request, view, look, rotation, now, ...memory };
    const step = nextLiveStep(rotation, { ...request, now: now() });
    const stopped = request.signal.aborted ? "interrupted" : isPast(deadline, now());
    const turn = nextTurn(step, context, { fresh, stopped: stopped !== undefined });
    if (turn === "end") return endOf(step, rotation, stopped);
    const failed = await {
      prove: () => attempt("read", () => proveOwn(context)),
      read: () => attempt("read", read),
      go: () => advance(step, context),
    }[turn]();
    fresh = turn === "read" && failed === undefined;
    if (failed instanceof Refusal) return outcome("blocked", rotation, [failed.blocker]);
    // A request that was broken off since somebody stops the run is no failure.
    if (request.signal.aborted) continue;
    if (failed === undefined) {
      // To look again is not to have got on.
      if (turn === "go") failures = 0;
      continue;
    }
    failures += 1;
    if (failed.final || failures >= maxFailures)
      return { ...outcome("failed", rotation), problem: failed.error.message };
    request.onEvent({ event: "retrying", what: failed.action, problem: failed.error.message });
    await run.pause(250 * 2 ** failures);
  }
}

function isPast(deadline: number | undefined, now: number): "timeout" | undefined {
  return deadline !== undefined && now >= deadline ? "timeout" : undefined;
}

/** The end of a run. What is done is done, whatever else there is. */
function endOf(
  step: LiveStep,
  rotation: LiveRotation,
  stopped: "interrupted" | "timeout" | undefined,
): RotationOutcome {
  if (step.next === "blocked") return outcome("blocked", rotation, step.blockers);
  if (step.next === "done" || step.next === "paused") return outcome(step.next, rotation);
  if (stopped === undefined) throw new Error("unreachable: a run goes on until it is stopped");
  return outcome(stopped, rotation);
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
