import type { ApiObject } from "../api-server/object.ts";
import type { Store } from "../api-server/store.ts";
import { mutate, withFinalizer } from "./mutate.ts";
import { gardenerFinalizer, referenceFinalizer, referencesOf } from "./shoot-fields.ts";

const shoots = "shoots.core.gardener.cloud";
/** What can be held by a reference. */
export const referable: readonly string[] = ["secrets", "configmaps", "workloadidentities.security.gardener.cloud"];

/**
 * Holds what the Shoots of a namespace refer to, and lets go of the rest. A Shoot with a reference to something that is
 * missing is left for later. (pkg/controller/reference/reconciler.go)
 */
export async function protectReferences(store: Store, namespace: string): Promise<void> {
  const { items } = await store.list(shoots, namespace);
  const counting = items.filter(countsStill);
  const used = new Set(counting.flatMap(referencesOf).map(({ resource, name }) => `${resource}/${name}`));
  for (const resource of referable) {
    for (const object of (await store.list(resource, namespace)).items) {
      const { name } = object.metadata;
      const wanted = used.has(`${resource}/${name}`);
      // The server lets nobody add a finalizer to what is being deleted.
      if (wanted && object.metadata.deletionTimestamp !== undefined) continue;
      if ((object.metadata.finalizers ?? []).includes(referenceFinalizer) === wanted) continue;
      await mutate(store, { resource, namespace, name }, (it) => withFinalizer(it, referenceFinalizer, wanted));
    }
  }
  for (const shoot of items) await holdShoot(store, shoot, countsStill(shoot));
}

async function holdShoot(store: Store, shoot: ApiObject, counts: boolean): Promise<void> {
  const { namespace = "", name } = shoot.metadata;
  const references = referencesOf(shoot);
  const found = await Promise.all(
    references.map((it) => store.get({ resource: it.resource, namespace, name: it.name })),
  );
  if (counts && found.includes(undefined)) return;
  const wanted = counts && references.length > 0;
  if (wanted && shoot.metadata.deletionTimestamp !== undefined) return;
  await mutate(store, { resource: shoots, namespace, name }, (it) => withFinalizer(it, referenceFinalizer, wanted));
}

/** A deleting Shoot counts until its cluster is gone. */
function countsStill({ metadata }: ApiObject): boolean {
  return metadata.deletionTimestamp === undefined || (metadata.finalizers ?? []).includes(gardenerFinalizer);
}
