import {
  ApiFailure,
  type ApiObject,
  MemoryStore,
  type ObjectKey,
  type Store,
  type StoreEvent,
} from "@registry-cache/testkit";
import type { ApiCalls } from "./api-calls.ts";

/** The objects that the real API server keeps; all others are the simulator's own. */
const remote: ReadonlySet<string> = new Set(["secrets", "configmaps", "namespaces"]);

/** A store for a simulator behind a real API server: Shoots in memory, Secrets and the like where they really are. */
export function createSplitStore(calls: ApiCalls, signal: AbortSignal): Store {
  const own = new MemoryStore();
  const there = remoteStore(calls, signal);
  const storeOf = (resource: string): Store => (remote.has(resource) ? there : own);
  return {
    get: (key) => storeOf(key.resource).get(key),
    list: (resource, namespace) => storeOf(resource).list(resource, namespace),
    create: (resource, object) => storeOf(resource).create(resource, object),
    update: (resource, object) => storeOf(resource).update(resource, object),
    remove: (key, resourceVersion) => storeOf(key.resource).remove(key, resourceVersion),
    watch: (resource, listener, since) => storeOf(resource).watch(resource, listener, since),
  };
}

function remoteStore(calls: ApiCalls, signal: AbortSignal): Store {
  return {
    async get(key) {
      try {
        return typed(await calls.call("GET", pathOf(key)), key.resource);
      } catch (error) {
        if (error instanceof ApiFailure && error.status.code === 404) return undefined;
        throw error;
      }
    },
    async list(resource, namespace) {
      const list = await calls.call("GET", pathOf({ resource, namespace: namespace ?? "", name: "" }));
      const items = itemsOf(list).map((it) => typed(it, resource));
      return { items, resourceVersion: list.metadata.resourceVersion ?? "" };
    },
    create: (resource, object) => calls.call("POST", pathOf({ ...keyOf(resource, object), name: "" }), object),
    update: (resource, object) => calls.call("PUT", pathOf(keyOf(resource, object)), object),
    remove: (key, resourceVersion) =>
      calls.call("DELETE", pathOf(key), { preconditions: resourceVersion === undefined ? {} : { resourceVersion } }),
    watch(resource, listener) {
      const ended = new AbortController();
      const both = AbortSignal.any([signal, ended.signal]);
      tellChanges({ calls, resource, listener, signal: both }).catch((error: unknown) => {
        if (!both.aborted) throw error;
      });
      return () => ended.abort();
    },
  };
}

interface Watching {
  readonly calls: ApiCalls;
  readonly resource: string;
  readonly listener: (event: StoreEvent) => void;
  readonly signal: AbortSignal;
}

/** Tells of every change from now on. The server ends a watch from time to time; the next goes on where it ended. */
async function tellChanges({ calls, resource, listener, signal }: Watching): Promise<void> {
  const path = pathOf({ resource, namespace: "", name: "" });
  let { resourceVersion = "" } = (await calls.call("GET", `${path}?limit=1`)).metadata;
  while (!signal.aborted) {
    for await (const { type, object } of calls.watch(`${path}?watch=1&resourceVersion=${resourceVersion}`, signal)) {
      resourceVersion = object.metadata.resourceVersion ?? resourceVersion;
      if (type === "ADDED" || type === "MODIFIED" || type === "DELETED")
        listener({ type, object: typed(object, resource), resourceVersion });
    }
  }
}

const kinds: ReadonlyMap<string, string> = new Map([
  ["secrets", "Secret"],
  ["configmaps", "ConfigMap"],
  ["namespaces", "Namespace"],
]);

/** The items of a list do not say what they are. */
function typed(object: ApiObject, resource: string): ApiObject {
  return { ...object, apiVersion: "v1", kind: kinds.get(resource) ?? "" };
}

function itemsOf({ items }: ApiObject): readonly ApiObject[] {
  return Array.isArray(items) ? items : [];
}

function keyOf(resource: string, { metadata }: ApiObject): ObjectKey {
  return { resource, namespace: metadata.namespace ?? "", name: metadata.name };
}

function pathOf({ resource, namespace, name }: ObjectKey): string {
  const parts = [
    "api",
    "v1",
    ...(namespace === "" ? [] : ["namespaces", namespace]),
    resource,
    ...(name === "" ? [] : [name]),
  ];
  return `/${parts.join("/")}`;
}
