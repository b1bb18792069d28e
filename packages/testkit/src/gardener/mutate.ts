import { ApiFailure } from "../api-server/failure.ts";
import { type ApiObject, isSameJson } from "../api-server/object.ts";
import type { ObjectKey, Store } from "../api-server/store.ts";

/** Changes an object as a controller does: reads it again when somebody else was faster. What lost its last finalizer goes. */
export async function mutate(
  store: Store,
  key: ObjectKey,
  change: (object: ApiObject) => ApiObject,
): Promise<ApiObject | undefined> {
  for (;;) {
    const old = await store.get(key);
    if (old === undefined) return undefined;
    const wanted = change(old);
    if (isSameJson(wanted, old)) return old;
    try {
      const written = await store.update(key.resource, wanted);
      await sweep(store, key, written);
      return written;
    } catch (error) {
      if (reasonOf(error) === "NotFound") return undefined;
      if (reasonOf(error) !== "Conflict") throw error;
    }
  }
}

/** Adds a finalizer, or takes it away. */
export function withFinalizer(object: ApiObject, finalizer: string, wanted: boolean): ApiObject {
  const { finalizers: now = [], ...metadata } = object.metadata;
  if (now.includes(finalizer) === wanted) return object;
  const finalizers = wanted ? [...now, finalizer] : now.filter((it) => it !== finalizer);
  return { ...object, metadata: { ...metadata, ...(finalizers.length > 0 && { finalizers }) } };
}

/** A real API server does this by itself. */
async function sweep(store: Store, key: ObjectKey, { metadata }: ApiObject): Promise<void> {
  if (metadata.deletionTimestamp === undefined || (metadata.finalizers ?? []).length > 0) return;
  await store.remove(key).catch((error: unknown) => {
    if (reasonOf(error) !== "NotFound") throw error;
  });
}

function reasonOf(error: unknown): string | undefined {
  return error instanceof ApiFailure ? error.status.reason : undefined;
}
