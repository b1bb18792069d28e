import type { ApiObject, Change, GardenClient, Resource, StopSignal } from "@registry-cache/garden";
import { runtimeResources } from "../doctor/cluster-objects.ts";
import { createBell } from "./bell.ts";

/** The StatefulSets and pods of a cluster's caches as they are now, kept up to date by two watches. */
export interface WatchedCaches {
  sets(): readonly ApiObject[];
  pods(): readonly ApiObject[];
  /** Resolves at the next change, rejects when a watch broke for good. */
  changed(): Promise<void>;
}

/** Where the caches are. */
export interface CachePlace {
  readonly client: GardenClient;
  readonly namespace: string;
}

/** Lists them and follows them until the signal ends that. */
export async function watchCaches(place: CachePlace, signal: StopSignal): Promise<WatchedCaches> {
  const bell = createBell();
  const { statefulSets, pods } = runtimeResources;
  const [sets, running] = await Promise.all(
    [statefulSets, pods].map(async (resource) => {
      const found = new Map<string, ApiObject>();
      const changes = follow(place, resource, signal);
      const first = await changes.next();
      if (first.done !== true) take(found, first.value);
      drain(changes, (change) => {
        take(found, change);
        bell.ring();
      }).catch((error: unknown) => (signal.aborted ? undefined : bell.break(error)));
      return found;
    }),
  );
  const all = (map: ReadonlyMap<string, ApiObject> | undefined): readonly ApiObject[] => [...(map?.values() ?? [])];
  return { sets: () => all(sets), pods: () => all(running), changed: () => bell.wait() };
}

function follow({ client, namespace }: CachePlace, resource: Resource, signal: StopSignal): AsyncGenerator<Change> {
  return client.follow({ resource, namespace, labelSelector: "upstream-host" }, signal);
}

async function drain(changes: AsyncGenerator<Change>, tell: (change: Change) => void): Promise<void> {
  for await (const change of changes) tell(change);
}

function take(found: Map<string, ApiObject>, change: Change): void {
  if (change.type === "put") found.set(change.object.metadata.name, change.object);
  else if (change.type === "gone") found.delete(change.object.metadata.name);
  else {
    found.clear();
    for (const it of change.objects) found.set(it.metadata.name, it);
  }
}
