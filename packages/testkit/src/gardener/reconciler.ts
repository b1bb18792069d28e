import type { Clock } from "../api-server/clock.ts";
import type { ApiObject, Fields } from "../api-server/object.ts";
import { isFields } from "../api-server/object.ts";
import type { ObjectKey, Store } from "../api-server/store.ts";
import { mutate, withFinalizer } from "./mutate.ts";
import type { PlanBook } from "./plan-book.ts";
import { nextStart } from "./reconcile-start.ts";
import {
  brokenReference,
  failedStatus,
  healthyStatus,
  processingStatus,
  type Run,
  succeededStatus,
} from "./reconcile-status.ts";
import { gardenerFinalizer, wantsSleep } from "./shoot-fields.ts";
import type { GardenSettings } from "./simulator.ts";
import type { WorkQueue } from "./work-queue.ts";

/** What a reconciler stands on. */
export interface ReconcilerParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly queue: WorkQueue;
  readonly plans: PlanBook;
  readonly settings: () => GardenSettings;
  readonly onApplied: (shoot: ApiObject) => void;
}

/** How long a cluster takes to say that it is well. */
const healthyAfter = 30_000;

/** Runs Shoots as gardenlet does. */
export class Reconciler {
  readonly #parts: ReconcilerParts;
  readonly #running = new Map<string, Run>();
  readonly #waiting = new Map<string, () => void>();
  readonly #applied = new Map<string, Fields>();
  readonly #timers = new Set<() => void>();

  constructor(parts: ReconcilerParts) {
    this.#parts = parts;
  }

  /** Looks whether a Shoot is due, now or later. Only to be called in the queue. */
  async consider(key: ObjectKey): Promise<void> {
    const id = idOf(key);
    const { store, settings, clock } = this.#parts;
    this.#waiting.get(id)?.();
    this.#waiting.delete(id);
    const shoot = await store.get(key);
    if (shoot === undefined) this.#running.delete(id);
    if (shoot === undefined || this.#running.has(id)) return;
    const start = nextStart(shoot, settings(), clock.now());
    if (start === "never") return;
    if (start.at <= clock.now()) await this.#begin(key, shoot, start.type);
    else
      this.#waiting.set(
        id,
        this.#later(start.at - clock.now(), () => this.consider(key)),
      );
  }

  /** The spec that the last run brought to the cluster's cache. */
  applied(key: ObjectKey): Fields | undefined {
    return this.#applied.get(idOf(key));
  }

  /** Ends all that waits. */
  stop(): void {
    for (const cancel of this.#timers) cancel();
  }

  async #begin(key: ObjectKey, frozen: ApiObject, type: Run["type"]): Promise<void> {
    const { store, clock, plans } = this.#parts;
    const run = { type, frozen, plan: plans.next(idOf(key)) };
    this.#running.set(idOf(key), run);
    await mutate(store, key, (it) => {
      const started = processingStatus(it, run, 0, clock.now());
      return type === "Delete" ? started : withFinalizer(started, gardenerFinalizer, true);
    });
    this.#later(run.plan.milliseconds / 2, async () => {
      await mutate(store, key, (it) => processingStatus(it, run, 50, clock.now()));
    });
    if (run.plan.outcome !== "hang") this.#later(run.plan.milliseconds, () => this.#finish(key, run));
  }

  async #finish(key: ObjectKey, run: Run): Promise<void> {
    const { store, clock, onApplied } = this.#parts;
    this.#running.delete(idOf(key));
    const succeeded = await endRun(store, key, run, clock.now());
    // The extension does nothing for a Shoot that sleeps.
    if (succeeded && !wantsSleep(run.frozen)) {
      this.#applied.set(idOf(key), specOf(run.frozen));
      onApplied(run.frozen);
    }
    if (succeeded)
      this.#later(healthyAfter, async () => {
        await mutate(store, key, (it) => healthyStatus(it, clock.now()));
      });
    await this.consider(key);
  }

  #later(milliseconds: number, work: () => Promise<void>): () => void {
    const { clock, queue } = this.#parts;
    const cancel = clock.after(milliseconds, async () => {
      this.#timers.delete(cancel);
      queue.add(work);
      await queue.settle();
    });
    this.#timers.add(cancel);
    return cancel;
  }
}

/** Writes what a run came to; says whether the cluster has what the spec says. */
async function endRun(store: Store, key: ObjectKey, run: Run, now: number): Promise<boolean> {
  const { outcome, description = "the run was planned to fail" } = run.plan;
  const fails = async (state: "Error" | "Failed", why: string): Promise<boolean> => {
    await mutate(store, key, (it) => failedStatus(it, run, { state, description: why }, now));
    return false;
  };
  if (outcome === "Failed" || outcome === "Error") return fails(outcome, description);
  if (run.type === "Delete") {
    await mutate(store, key, (it) => withFinalizer(it, gardenerFinalizer, false));
    return false;
  }
  const { items } = await store.list("secrets", key.namespace);
  const broken = brokenReference(run.frozen, (secret) => items.some((it) => it.metadata.name === secret));
  if (broken !== undefined) return fails("Error", broken);
  await mutate(store, key, (it) => succeededStatus(it, run, now));
  return true;
}

function specOf(shoot: ApiObject): Fields {
  return isFields(shoot["spec"]) ? shoot["spec"] : {};
}

function idOf({ namespace, name }: ObjectKey): string {
  return `${namespace}/${name}`;
}
