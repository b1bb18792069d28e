import { ApiFailure } from "../api-server/failure.ts";
import { type ApiObject, fieldIn } from "../api-server/object.ts";
import type { ResourceDefinition } from "../api-server/resource.ts";
import type { ObjectKey, Store } from "../api-server/store.ts";
import { toTime, updateObject } from "../api-server/write-object.ts";
import { mutate } from "./mutate.ts";
import { operationAnnotation, operationsOf } from "./shoot-fields.ts";

/** What maintains a Shoot. */
export interface MaintenanceParts {
  readonly store: Store;
  readonly definition: ResourceDefinition;
  readonly now: number;
}

const controllerManager = { name: "gardener-controller-manager", groups: ["system:masters"] };

/**
 * What gardener-controller-manager does in each maintenance window: asks for a reconcile, by a write that admission may
 * refuse; then the status tells of it. (pkg/controllermanager/controller/shoot/maintenance/reconciler.go)
 */
export async function maintain({ store, definition, now }: MaintenanceParts, key: ObjectKey): Promise<void> {
  const context = { user: controllerManager, now, dryRun: false, warn: () => undefined };
  try {
    await updateObject({ store, definition, key, context }, askForReconcile);
    await tell(store, key, { state: "Succeeded", description: "Maintenance succeeded", triggeredTime: toTime(now) });
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    const { reason, message } = error.status;
    if (reason === "NotFound") return;
    await tell(store, key, {
      state: "Failed",
      description: "Maintenance failed",
      failureReason: message,
      triggeredTime: toTime(now),
    });
  }
}

function askForReconcile(shoot: ApiObject): ApiObject {
  const operations = operationsOf(shoot);
  if (operations.length > 0) return shoot;
  const annotations = { ...shoot.metadata.annotations, [operationAnnotation]: "reconcile" };
  return { ...shoot, metadata: { ...shoot.metadata, annotations } };
}

async function tell(store: Store, key: ObjectKey, lastMaintenance: object): Promise<void> {
  await mutate(store, key, (it) => ({ ...it, status: { ...Object(fieldIn(it, "status")), lastMaintenance } }));
}
