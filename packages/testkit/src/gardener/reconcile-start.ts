import type { ApiObject } from "../api-server/object.ts";
import { windowAround } from "./maintenance-window.ts";
import { gardenerFinalizer, isConfined, lastOperationOf, observedGenerationOf } from "./shoot-fields.ts";
import type { GardenSettings } from "./simulator.ts";

/** When the next run of a Shoot starts: at a moment, or not before somebody changes something. */
export type Start = { readonly at: number; readonly type: "Create" | "Reconcile" | "Delete" } | "never";

const syncPeriod = 3_600_000;
const retryPeriod = 60_000;

/** Decides by the rules of gardenlet; the first that matches counts. (pkg/gardenlet/controller/shoot/shoot/helper/infos.go) */
export function nextStart(shoot: ApiObject, settings: GardenSettings, now: number): Start {
  const last = lastOperationOf(shoot);
  const generation = shoot.metadata.generation ?? 0;
  const current = observedGenerationOf(shoot) === generation;
  if (settings.emergencyStop) return "never";
  if ((last?.state === "Failed" && current) || isIgnored(shoot, settings)) return "never";
  const updated = Date.parse(last?.lastUpdateTime ?? "") || now;
  const retry = last?.state === "Error" && current ? Math.max(updated + retryPeriod, now) : now;
  if (shoot.metadata.deletionTimestamp !== undefined) return isHeld(shoot) ? { at: retry, type: "Delete" } : "never";
  if (last === undefined || (last.type === "Create" && last.state !== "Succeeded"))
    return { at: retry, type: "Create" };
  if (!current || last.state !== "Succeeded") return { at: retry, type: "Reconcile" };
  if (!isConfined(shoot) && !settings.reconcileInMaintenanceOnly)
    return { at: Math.max(updated + syncPeriod, now), type: "Reconcile" };
  return { at: nextWindow(shoot, updated, now), type: "Reconcile" };
}

/** Once in each window. The real start is at random in it; here it is its begin, or now. */
function nextWindow(shoot: ApiObject, updated: number, now: number): number {
  const open = windowAround(shoot, now);
  if (open.from === Number.NEGATIVE_INFINITY) return Math.max(updated + syncPeriod, now);
  if (updated < open.from) return Math.max(open.from, now);
  return windowAround(shoot, open.to + 1).from;
}

function isHeld({ metadata }: ApiObject): boolean {
  return (metadata.finalizers ?? []).includes(gardenerFinalizer);
}

function isIgnored({ metadata }: ApiObject, { respectSyncPeriodOverwrite }: GardenSettings): boolean {
  const heard = metadata.namespace === "garden" || respectSyncPeriodOverwrite;
  return heard && metadata.annotations?.["shoot.gardener.cloud/ignore"] === "true";
}
