import type { Obstacle } from "../workspace/roll-out.ts";
import type { RollOutState } from "../workspace/roll-out-state.ts";
import { readTime } from "./read-time.ts";
import type { WriteTimes } from "./write-times.ts";

/**
 * Whether the spec that a Shoot has now is rolled out, judged from one look at it. Who made a change and has its reply
 * asks `rollOutOf` instead, which knows more.
 */
export type LiveRollOut =
  | { readonly done: true }
  /** `stuck`: nothing happens before somebody does something, or before the maintenance window. */
  | { readonly done: false; readonly stuck: boolean; readonly why: LiveObstacle };

/** Why the spec is not rolled out, or may not be. */
export type LiveObstacle =
  | "running"
  | "retrying"
  | "not-started"
  | "migrating"
  | Exclude<Obstacle, "replaced" | "reverted">
  /** Changes are confined to the maintenance window, and nothing shows whether the last run has seen the last of them. */
  | "unproven";

/** No run takes longer, so one that ended so long after a change has seen it. In milliseconds. */
const longestRun = 60 * 60_000;

/** Judges one look at a Shoot. */
export function liveRollOut(state: RollOutState, times: WriteTimes): LiveRollOut {
  const { lastOperation: last, generation, observedGeneration } = state;
  if (state.deleting) return stuck("deleting");
  if (state.migrating) return waiting("migrating");
  if (state.hibernated) return stuck("hibernated");
  if (last === undefined) return waiting("not-started");
  if (last.state === "Processing" || last.state === "Pending") return waiting("running");
  if (last.state === "Failed" && generation === observedGeneration) return stuck("failed");
  const reconciled = ["Create", "Reconcile", "Restore"].includes(last.type) && last.state === "Succeeded";
  if (generation !== observedGeneration || !reconciled) {
    // Nothing is begun or tried again then.
    if (state.ignored) return stuck("ignored");
    return waiting(last.state === "Succeeded" ? "not-started" : "retrying");
  }
  return state.confined ? judgeConfined(last.lastUpdateTime, times) : { done: true };
}

/** A confined change leaves the generation as it is, so only times can tell. */
function judgeConfined(ended: string, { created, specWritten, maintained }: WriteTimes): LiveRollOut {
  const [write, end] = [readTime(specWritten), readTime(ended)];
  if (write === undefined || end === undefined) return stuck("unproven");
  if (specWritten > ended) return stuck("confined");
  const seen = maintained > specWritten && ended >= maintained;
  return specWritten <= created || seen || end - write >= longestRun ? { done: true } : stuck("unproven");
}

function waiting(why: LiveObstacle): LiveRollOut {
  return { done: false, stuck: false, why };
}

function stuck(why: LiveObstacle): LiveRollOut {
  return { done: false, stuck: true, why };
}
