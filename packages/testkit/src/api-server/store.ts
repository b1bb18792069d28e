import type { ApiObject } from "./object.ts";

/** A resource as kubectl writes it in full: `secrets`, `shoots.core.gardener.cloud`. */
export type ResourceName = string;

/** Names one object. `namespace` is empty for what has none. */
export interface ObjectKey {
  readonly resource: ResourceName;
  readonly namespace: string;
  readonly name: string;
}

/** What happened to an object; `object` is how it is after that, or how it was at last. */
export interface StoreEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: ApiObject;
  /** What it was before, where the store knows. */
  readonly before?: ApiObject | undefined;
  readonly resourceVersion: string;
}

/**
 * Where objects are kept. It knows nothing of what they mean: no defaults, no generation, no finalizers; that is the
 * handler's work. Every write gives the object a new `metadata.resourceVersion`. Failures are `ApiFailure`s.
 *
 * Our own server keeps all in memory. A host behind a real kube-apiserver keeps Shoots in memory and answers for Secrets,
 * ConfigMaps and Namespaces by requests to that server.
 */
export interface Store {
  /** The object, or undefined where there is none. */
  get(key: ObjectKey): Promise<ApiObject | undefined>;
  /** All objects of a resource in the order of namespace and name. Without a namespace, of all namespaces. */
  list(resource: ResourceName, namespace?: string): Promise<StoreList>;
  /** Adds an object; fails with AlreadyExists. */
  create(resource: ResourceName, object: ApiObject): Promise<ApiObject>;
  /** Replaces an object; fails with NotFound, and with Conflict where `object` carries another resourceVersion than the stored. */
  update(resource: ResourceName, object: ApiObject): Promise<ApiObject>;
  /** Removes an object for good and gives what it was; fails with NotFound, and with Conflict where `resourceVersion` is another. */
  remove(key: ObjectKey, resourceVersion?: string): Promise<ApiObject>;
  /** Tells of every later write, and of those since a resourceVersion first; fails with Expired when they are forgotten. Gives a function that ends it. */
  watch(resource: ResourceName, listener: (event: StoreEvent) => void, since?: string): () => void;
}

/** Objects as they were at one moment. */
export interface StoreList {
  readonly items: readonly ApiObject[];
  readonly resourceVersion: string;
}
