import { holdsValues, type LiveAction, type LiveStep } from "@registry-cache/core";
import { createStop, type GardenError, isGardenError, resources } from "@registry-cache/garden";
import { type ActionContext, otherRotationText, Refusal } from "./action-context.ts";
import { performAction } from "./perform-action.ts";
import { sideBySide } from "./side-by-side.ts";

/**
 * What a run does next. prove: it looks whether the new Secret holds the credential that it was given. read: it looks at the
 * Secrets again. go: it does the step.
 */
export type Turn = "end" | "prove" | "read" | "go";

/** What of a run decides what it does next. */
export interface TurnState {
  /** The Secrets were read just before. */
  readonly fresh: boolean;
  /** Nothing more is to be done. */
  readonly stopped: boolean;
}

/** Decides what a run does next. */
export function nextTurn(step: LiveStep, context: ActionContext, { fresh, stopped }: TurnState): Turn {
  if (step.next === "blocked") return "end";
  if (!stopped && isUnproven(context)) return "prove";
  if (step.next === "done" || step.next === "paused" || stopped) return "end";
  // No Shoot is given a Secret that was not looked at just before: somebody may be taking it away.
  const writes = step.next === "act" && step.actions.some((it) => it.do !== "verify-shoot");
  return writes && !fresh ? "read" : "go";
}

/** What went wrong in the garden. */
export interface Failed {
  readonly action: LiveAction["do"] | "read";
  readonly error: GardenError;
  /** It will not be better the next time. */
  readonly final: boolean;
}

/** Does something in the garden; gives what went wrong. */
export async function attempt(
  action: Failed["action"],
  work: () => Promise<void>,
): Promise<Failed | Refusal | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    if (isGardenError(error)) return { action, error, final: isFinal(action, error) };
    throw error;
  }
}

/** So many requests are under way at a time, however many Shoots are meant. */
const atOnce = 10;

/** Carries out the actions of a step side by side, or waits for a change. Gives the first thing that went wrong. */
export async function advance(step: LiveStep, context: ActionContext): Promise<Failed | Refusal | undefined> {
  if (step.next === "wait") {
    const failed = await attempt("read", () => untilChanged(context));
    // Without its watch a run sees nothing any more.
    return failed === undefined || failed instanceof Refusal ? failed : { ...failed, final: true };
  }
  if (step.next !== "act") return undefined;
  const ended = await sideBySide(step.actions, atOnce, (it) => attempt(it.do, () => performAction(it, context)));
  return ended.find((it) => it instanceof Refusal) ?? ended.find((it) => it !== undefined);
}

/** Who was given a credential must not go on with another one: somebody may have begun after the last look. */
export async function proveOwn({ request, rotation, proven }: ActionContext): Promise<void> {
  const { client, values, from, signal } = request;
  const { next } = rotation;
  if (next === undefined || values === undefined) return;
  const ref = { resource: resources.secrets, namespace: client.namespace, name: next.name };
  if (!holdsValues(await client.get(ref, { signal }), values))
    throw new Refusal("other-rotation", otherRotationText(from, next));
  proven.add(next.uid);
}

function isUnproven({ request, rotation, proven }: ActionContext): boolean {
  const { next } = rotation;
  return request.aim === "rotate" && request.values !== undefined && next !== undefined && !proven.has(next.uid);
}

async function untilChanged({ request, view, now, deadline }: ActionContext): Promise<void> {
  const left = deadline === undefined ? {} : { after: Math.max(0, deadline - now()) };
  const stop = createStop({ with: request.signal, ...left });
  await Promise.race([view.changed(), stop.ended]).finally(stop.end);
}

/** What will not be better the next time. A denied patch is; one whose test failed means that somebody else wrote first. */
function isFinal(action: Failed["action"], { kind, details }: GardenError): boolean {
  const { code = 0, reason, causes = [] } = details;
  // A webhook's denial has a code and no reason.
  if (reason === "" && code >= 400 && code < 500) return true;
  // What is missing for a new Secret is its namespace; a Shoot may be gone, and then the next look knows.
  if (action === "create-secret" && kind === "not-found") return true;
  if (kind === "invalid") return causes.length > 0;
  return ["forbidden", "unauthorized", "certificate", "config", "credentials", "cancelled"].includes(kind);
}
