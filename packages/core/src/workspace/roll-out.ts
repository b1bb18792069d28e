import type { RollOutState } from "./roll-out-state.ts";

/** What we wrote to a Shoot, and what its reply was. */
export interface Switch {
  /** The Shoot as the reply of our write shows it; or, when the reply was lost, as a later read shows it with our values. */
  readonly reply: RollOutState;
  /** The Secrets that we put behind entries of spec.resources. */
  readonly entries: { readonly [entry: string]: string };
  /** The write carried the annotation `reconcile`, or `retry`. False when the reply was lost. */
  readonly asked: "reconcile" | "retry" | undefined;
}

/**
 * How far the runs have come since our write, where one was under way at that time: its spec was frozen before, so only
 * the next one counts.
 */
export type Sighting = "same-run" | "ended" | "next-run";

/** Why a change is not rolled out: it will be by itself, or not before somebody does something. */
export type RollOut =
  | { readonly done: true }
  | { readonly done: false; readonly stuck: false; readonly why: "running" | "retrying" | "not-started" | "migrating" }
  | { readonly done: false; readonly stuck: true; readonly why: Obstacle };

/** What keeps a change from being rolled out. */
export type Obstacle =
  /** It is another Shoot of the same name. */
  | "replaced"
  | "deleting"
  /** Somebody put another Secret behind an entry, or no enabled cache or mirror uses it any more. */
  | "reverted"
  | "hibernated"
  /** The last run has failed for good: `retry`. */
  | "failed"
  /** It is to be left alone. */
  | "ignored"
  /** It waits for the maintenance window, or for `reconcile`. */
  | "confined";

/** Where the runs are at the time of our write. */
export function firstSighting({ reply }: Switch): Sighting {
  return reply.lastOperation?.state === "Processing" ? "same-run" : "next-run";
}

/** Where the runs are when a later state has been seen. A run that starts after another has ended started after our write. */
export function nextSighting(sighting: Sighting, { lastOperation }: RollOutState): Sighting {
  const running = lastOperation?.state === "Processing";
  if (sighting === "same-run") return running ? "same-run" : "ended";
  return sighting === "ended" && running ? "next-run" : sighting;
}

/**
 * Tells whether the extension has accepted what we wrote. It says nothing of the pod in the Shoot. `sighting` is what
 * `nextSighting` makes of every state seen since the reply, `later` the last of them.
 */
export function rollOutOf(written: Switch, later: RollOutState, sighting: Sighting): RollOut {
  const lost = obstacleOf(written, later);
  if (lost !== undefined) return stuck(lost);
  if (later.migrating) return { done: false, stuck: false, why: "migrating" };
  const { lastOperation: last } = later;
  const finished =
    last !== undefined && ["Create", "Reconcile", "Restore"].includes(last.type) && last.state === "Succeeded";
  if (finished && isIncluded(written, later, sighting)) return { done: true };
  return waiting(written, later);
}

function obstacleOf({ reply, entries }: Switch, later: RollOutState): Obstacle | undefined {
  if (later.uid !== reply.uid) return "replaced";
  if (later.deleting) return "deleting";
  if (Object.entries(entries).some(([entry, secret]) => later.used[entry] !== secret)) return "reverted";
  return later.hibernated ? "hibernated" : undefined;
}

/** Whether our write gave the Shoot a new generation. (pkg/apiserver/registry/core/shoot/strategy.go) */
function wasBumped({ reply, asked }: Switch): boolean {
  const { lastOperation: last } = reply;
  if (!reply.confined) return true;
  if (asked === "retry") return last?.state === "Failed";
  return asked === "reconcile" && last !== undefined && last.state !== "Failed";
}

/** Whether the last run has started after our write. */
function isIncluded(written: Switch, later: RollOutState, sighting: Sighting): boolean {
  const { generation } = written.reply;
  // Others write, too, so the generation may have gone further.
  if (wasBumped(written)) return later.observedGeneration >= generation;
  return later.observedGeneration > generation || isFresh(written, later, sighting);
}

function isFresh({ reply }: Switch, later: RollOutState, sighting: Sighting): boolean {
  const before = reply.lastOperation;
  if (before?.state === "Processing") return sighting === "next-run";
  return (later.lastOperation?.lastUpdateTime ?? "") > (before?.lastUpdateTime ?? "");
}

function waiting(written: Switch, later: RollOutState): RollOut {
  const { lastOperation: last } = later;
  if (last?.state === "Processing" || last?.state === "Pending") return { done: false, stuck: false, why: "running" };
  // A failed Shoot with a new generation is run again by itself.
  if (last?.state === "Failed" && later.generation === later.observedGeneration) return stuck("failed");
  if (later.ignored) return stuck("ignored");
  if (["Failed", "Error", "Aborted"].includes(last?.state ?? "")) return { done: false, stuck: false, why: "retrying" };
  const due = wasBumped(written) || later.observedGeneration !== later.generation || last === undefined;
  return due || !later.confined ? { done: false, stuck: false, why: "not-started" } : stuck("confined");
}

function stuck(why: Obstacle): RollOut {
  return { done: false, stuck: true, why };
}
