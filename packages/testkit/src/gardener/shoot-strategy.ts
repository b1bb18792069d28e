import { type ApiObject, isSameJson, textIn } from "../api-server/object.ts";
import { isConfined, lastOperationOf, operationAnnotation, operationsOf, wantsSleep } from "./shoot-fields.ts";

/** What a new Shoot gets from the server. */
export function prepareNewShoot(shoot: ApiObject): ApiObject {
  const { status: _, ...rest } = shoot;
  return { ...rest, metadata: { ...shoot.metadata, generation: 1 }, status: {} };
}

/**
 * What an update gets from the server: a new generation where one is due, and the annotation that asked for it is
 * consumed by the same write. (pkg/apiserver/registry/core/shoot/strategy.go)
 */
export function prepareShootUpdate(shoot: ApiObject, old: ApiObject): ApiObject {
  if (!isSameJson(shoot["status"], old["status"])) return bump(shoot, old, migrationEnded(shoot, old));
  const consumed = consumedOperation(shoot);
  const left = consumed === undefined ? shoot : withoutOperation(shoot, consumed);
  const doomed = shoot.metadata.deletionTimestamp !== undefined && old.metadata.deletionTimestamp === undefined;
  return bump(left, old, consumed !== undefined || doomed || isRolledOut(shoot, old));
}

function bump(shoot: ApiObject, old: ApiObject, due: boolean): ApiObject {
  const generation = (old.metadata.generation ?? 0) + (due ? 1 : 0);
  return { ...shoot, metadata: { ...shoot.metadata, generation } };
}

/** Whether a spec change is to be rolled out now: the new object decides whether it is confined. */
function isRolledOut(shoot: ApiObject, old: ApiObject): boolean {
  if (isSameJson(shoot["spec"], old["spec"])) return false;
  return !isConfined(shoot) || wantsSleep(shoot) !== wantsSleep(old);
}

/** The operation that takes effect at once; all others stay for whom they are for. */
function consumedOperation(shoot: ApiObject): string | undefined {
  const operations = operationsOf(shoot);
  const last = lastOperationOf(shoot);
  if (last === undefined) return undefined;
  if (last.state === "Failed") return operations.length === 1 && operations[0] === "retry" ? "retry" : undefined;
  if (operations.includes("reconcile")) return "reconcile";
  return operations.find((it) => it.startsWith("rotate-") || it.startsWith("rollout-workers"));
}

function withoutOperation(shoot: ApiObject, operation: string): ApiObject {
  const left = operationsOf(shoot).filter((it) => it !== operation);
  const { [operationAnnotation]: _, ...others } = shoot.metadata.annotations ?? {};
  const annotations = left.length === 0 ? others : { ...others, [operationAnnotation]: left.join(";") };
  return { ...shoot, metadata: { ...shoot.metadata, annotations } };
}

function migrationEnded(shoot: ApiObject, old: ApiObject): boolean {
  const state = textIn(shoot, "status", "lastOperation", "state");
  const ended = state === "Succeeded" || state === "Aborted";
  const wasRunning = textIn(old, "status", "lastOperation", "state") !== state;
  return textIn(shoot, "status", "lastOperation", "type") === "Migrate" && ended && wasRunning;
}
