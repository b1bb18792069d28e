import { type ApiObject, type Fields, fieldIn, isFields, listIn, textIn } from "../api-server/object.ts";
import { toTime } from "../api-server/write-object.ts";
import { wantsSleep } from "./shoot-fields.ts";
import type { ReconcilePlan } from "./simulator.ts";

/** A run under way: the Shoot as it was when it started, whose spec counts to the end. */
export interface Run {
  readonly type: "Create" | "Reconcile" | "Delete";
  readonly frozen: ApiObject;
  readonly plan: ReconcilePlan;
}

const doing = { Create: "Creating", Reconcile: "Reconciling", Delete: "Deleting" };

/** The status at the start of a run, or in the middle of it. */
export function processingStatus(shoot: ApiObject, { type, frozen }: Run, progress: number, now: number): ApiObject {
  const description = `${doing[type]} of Shoot cluster in progress.`;
  const lastOperation = { description, lastUpdateTime: toTime(now), progress, state: "Processing", type };
  const seedName = textIn(frozen, "spec", "seedName");
  return withStatus(shoot, {
    observedGeneration: frozen.metadata.generation,
    lastOperation,
    ...(seedName !== undefined && { seedName }),
  });
}

/** The status after a run that did its work. */
export function succeededStatus(shoot: ApiObject, { type, frozen }: Run, now: number): ApiObject {
  const at = toTime(now);
  const description = "Shoot cluster has been successfully reconciled.";
  const lastOperation = { description, lastUpdateTime: at, progress: 100, state: "Succeeded", type };
  const { lastErrors: _, ...status } = statusOf(shoot);
  return {
    ...shoot,
    status: {
      ...status,
      lastOperation,
      hibernated: wantsSleep(frozen),
      advertisedAddresses: [{ name: "external", url: `https://api.${shoot.metadata.name}.shoot.test` }],
      conditions: [condition("SystemComponentsHealthy", "Progressing", at)],
    },
  };
}

/** The status after a run that did not get through. */
export function failedStatus(
  shoot: ApiObject,
  { type }: Run,
  { state, description }: { readonly state: "Error" | "Failed"; readonly description: string },
  now: number,
): ApiObject {
  const lastUpdateTime = toTime(now);
  const lastOperation = { description, lastUpdateTime, progress: 50, state, type };
  return withStatus(shoot, { lastOperation, lastErrors: [{ description, lastUpdateTime }] });
}

/** The status when the cluster has answered that all is well. */
export function healthyStatus(shoot: ApiObject, now: number): ApiObject {
  const progressing = listIn(shoot, "status", "conditions").some((it) => textIn(it, "status") === "Progressing");
  if (!progressing) return shoot;
  return withStatus(shoot, { conditions: [condition("SystemComponentsHealthy", "True", toTime(now))] });
}

/** Why the extension could not do its work: a name that is no entry, or whose Secret is missing. */
export function brokenReference(frozen: ApiObject, isThere: (secret: string) => boolean): string | undefined {
  const extensions = listIn(frozen, "spec", "extensions").filter((it) => textIn(it, "type") === "registry-cache");
  if (extensions.length === 0 || fieldIn(extensions[0], "disabled") === true || wantsSleep(frozen)) return undefined;
  const entries = listIn(frozen, "spec", "resources");
  for (const cache of listIn(extensions[0], "providerConfig", "caches")) {
    const reference = textIn(cache, "secretReferenceName");
    if (reference === undefined) continue;
    const entry = entries.find((it) => textIn(it, "name") === reference);
    const secret = textIn(entry, "resourceRef", "name");
    if (secret === undefined) return `failed to find referenced resource with name ${reference}`;
    if (!isThere(secret)) return `failed to get referenced secret ref-${secret}: not found`;
  }
  return undefined;
}

function condition(type: string, status: string, at: string): Fields {
  return { type, status, lastTransitionTime: at, lastUpdateTime: at, reason: "SystemComponentsRunning", message: "" };
}

function withStatus(shoot: ApiObject, fields: Fields): ApiObject {
  return { ...shoot, status: { ...statusOf(shoot), ...fields } };
}

function statusOf(shoot: ApiObject): Fields {
  return isFields(shoot["status"]) ? shoot["status"] : {};
}
