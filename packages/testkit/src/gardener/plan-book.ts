import type { ReconcilePlan } from "./simulator.ts";

/** What is planned for the runs of each Shoot. */
export interface PlanBook {
  set(shoot: string, plans: readonly ReconcilePlan[]): void;
  /** The plan of the next run; the last one counts for ever. */
  next(shoot: string): ReconcilePlan;
}

/** A book in which every run is as `usual` until something else is planned. */
export function createPlanBook(usual: ReconcilePlan): PlanBook {
  const books = new Map<string, ReconcilePlan[]>();
  return {
    set(shoot, plans) {
      books.set(shoot, [...plans]);
    },
    next(shoot) {
      const plans = books.get(shoot) ?? [];
      return (plans.length > 1 ? plans.shift() : plans[0]) ?? usual;
    },
  };
}
