import { ApiFailure, alreadyExists, conflict, notFound } from "./failure.ts";
import type { ApiObject } from "./object.ts";
import type { ObjectKey, ResourceName, Store, StoreEvent, StoreList } from "./store.ts";

interface Listener {
  readonly resource: ResourceName;
  readonly tell: (event: StoreEvent) => void;
}

interface Past extends StoreEvent {
  readonly resource: ResourceName;
  readonly version: number;
}

/** A store in memory, with its whole past. */
export class MemoryStore implements Store {
  readonly #objects = new Map<string, ApiObject>();
  readonly #listeners = new Set<Listener>();
  #past: Past[] = [];
  #version = 1000;
  #forgotten = 1000;

  /** The moment of the last write. */
  get resourceVersion(): string {
    return String(this.#version);
  }

  /** Forgets the past: watches from any moment before now are told that it is gone. */
  forget(): void {
    this.#past = [];
    this.#forgotten = this.#version;
  }

  /** Puts an object as it is, whatever is there. */
  put(resource: ResourceName, object: ApiObject): ApiObject {
    const there = this.#objects.has(keyText(keyOf(resource, object)));
    return this.#write(resource, there ? "MODIFIED" : "ADDED", object);
  }

  async get(key: ObjectKey): Promise<ApiObject | undefined> {
    return this.#objects.get(keyText(key));
  }

  async list(resource: ResourceName, namespace?: string): Promise<StoreList> {
    return { items: sorted(this.#objects, resource, namespace), resourceVersion: this.resourceVersion };
  }

  async create(resource: ResourceName, object: ApiObject): Promise<ApiObject> {
    const key = keyOf(resource, object);
    if (this.#objects.has(keyText(key))) throw alreadyExists(resource, key.name);
    return this.#write(resource, "ADDED", object);
  }

  async update(resource: ResourceName, object: ApiObject): Promise<ApiObject> {
    this.#existing(keyOf(resource, object), object.metadata.resourceVersion);
    return this.#write(resource, "MODIFIED", object);
  }

  async remove(key: ObjectKey, resourceVersion?: string): Promise<ApiObject> {
    return this.#write(key.resource, "DELETED", this.#existing(key, resourceVersion));
  }

  watch(resource: ResourceName, tell: (event: StoreEvent) => void, since?: string): () => void {
    const listener = { resource, tell };
    const version = since === undefined || since === "" ? this.#version : this.#since(since);
    for (const it of this.#past) if (it.version > version && it.resource === resource) tell(it);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #write(resource: ResourceName, type: StoreEvent["type"], object: ApiObject): ApiObject {
    this.#version += 1;
    const resourceVersion = String(this.#version);
    const written = { ...object, metadata: { ...object.metadata, resourceVersion } };
    const key = keyText(keyOf(resource, object));
    const before = this.#objects.get(key);
    if (type === "DELETED") this.#objects.delete(key);
    else this.#objects.set(key, written);
    const event = { type, object: written, before, resourceVersion };
    this.#past.push({ ...event, resource, version: this.#version });
    for (const it of [...this.#listeners]) if (it.resource === resource) it.tell(event);
    return written;
  }

  #existing(key: ObjectKey, resourceVersion: string | undefined): ApiObject {
    const found = this.#objects.get(keyText(key));
    if (found === undefined) throw notFound(key.resource, key.name);
    if (resourceVersion !== undefined && found.metadata.resourceVersion !== resourceVersion)
      throw conflict(key.resource, key.name);
    return found;
  }

  #since(resourceVersion: string): number {
    if (Number(resourceVersion) < this.#forgotten) throw expired(resourceVersion, this.#forgotten);
    return Number(resourceVersion);
  }
}

function keyOf(resource: ResourceName, { metadata }: ApiObject): ObjectKey {
  return { resource, namespace: metadata.namespace ?? "", name: metadata.name };
}

function keyText({ resource, namespace, name }: ObjectKey): string {
  return `${resource}\u0000${namespace}\u0000${name}`;
}

function sorted(
  objects: ReadonlyMap<string, ApiObject>,
  resource: ResourceName,
  namespace: string | undefined,
): readonly ApiObject[] {
  const start = namespace === undefined ? `${resource}\u0000` : `${resource}\u0000${namespace}\u0000`;
  const found = [...objects].filter(([key]) => key.startsWith(start));
  return found.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
}

function expired(asked: string, oldest: number): ApiFailure {
  const message = `too old resource version: ${asked} (${oldest})`;
  return new ApiFailure({ code: 410, reason: "Expired", message });
}
