import { randomUUID } from "node:crypto";
import { ApiFailure, alreadyExists, badRequest, conflict, invalid, notFound, unexplained } from "./failure.ts";
import { checkName, checkPreconditions, refuseNewFinalizers } from "./meta-rules.ts";
import { type ApiObject, type Fields, isSameJson, type ObjectMeta, textIn } from "./object.ts";
import { fullName, type ResourceDefinition, type WriteContext } from "./resource.ts";
import type { ObjectKey, Store } from "./store.ts";

/** A write on its way: the law of its resource, where it goes, and who sends it. */
export interface Write {
  readonly store: Store;
  readonly definition: ResourceDefinition;
  readonly key: ObjectKey;
  readonly context: WriteContext;
}

/** Creates an object. */
export async function createObject({ store, definition, key, context }: Write, given: ApiObject): Promise<ApiObject> {
  const { namespace } = key;
  const name = given.metadata.name || generated(given);
  if (name === "")
    throw invalid(definition.kind, "", [
      {
        reason: "FieldValueRequired",
        field: "metadata.name",
        message: "Required value: name or generateName is required",
      },
    ]);
  checkName(definition.kind, name);
  if ((given.metadata.namespace ?? namespace) !== namespace)
    throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
  if (given.metadata.resourceVersion) throw unexplained("resourceVersion should not be set on objects to be created");
  if (definition.namespaced && !(await store.get({ resource: "namespaces", namespace: "", name: namespace })))
    throw notFound("namespaces", namespace);
  const { deletionTimestamp: _, ...meta } = given.metadata;
  const metadata: ObjectMeta = {
    ...meta,
    name,
    ...(definition.namespaced && { namespace }),
    uid: randomUUID(),
    creationTimestamp: toTime(context.now),
  };
  const object = { ...given, metadata };
  const prepared = definition.prepareCreate?.(object, context) ?? object;
  await definition.admit?.(prepared, undefined, context);
  const resource = fullName(definition);
  if (!context.dryRun) return store.create(resource, prepared);
  if (await store.get({ ...key, name })) throw alreadyExists(resource, name);
  return prepared;
}

/** Replaces an object by what `change` makes of it. Changes that name no version are tried again when somebody else is faster. */
export async function updateObject(write: Write, change: (old: ApiObject) => ApiObject): Promise<ApiObject> {
  const { store, definition, key } = write;
  for (let tries = 1; ; tries += 1) {
    const old = await store.get(key);
    if (old === undefined) throw notFound(fullName(definition), key.name);
    try {
      return await updateOnce(write, old, change(old));
    } catch (error) {
      const lost = error instanceof ApiFailure && error.status.reason === "Conflict" && error.cause !== "client";
      if (!lost || tries === 5) throw error;
    }
  }
}

async function updateOnce(
  { store, definition, key, context }: Write,
  old: ApiObject,
  wanted: ApiObject,
): Promise<ApiObject> {
  const resource = fullName(definition);
  const asked = wanted.metadata.resourceVersion;
  if (asked !== undefined && asked !== "" && asked !== old.metadata.resourceVersion)
    throw fromClient(conflict(resource, key.name));
  if (wanted.metadata.name !== old.metadata.name)
    throw badRequest(
      `the name of the object (${wanted.metadata.name}) does not match the name on the URL (${old.metadata.name})`,
    );
  if (wanted.metadata.uid !== undefined && wanted.metadata.uid !== old.metadata.uid)
    throw fromClient(
      conflict(
        resource,
        key.name,
        `Precondition failed: UID in precondition: ${wanted.metadata.uid}, UID in object meta: ${old.metadata.uid}`,
      ),
    );
  const object = {
    ...wanted,
    apiVersion: old.apiVersion,
    kind: old.kind,
    metadata: keepMeta(wanted.metadata, old.metadata),
  };
  refuseNewFinalizers(old, object);
  const prepared = definition.prepareUpdate?.(object, old, context) ?? object;
  await definition.admit?.(prepared, old, context);
  if (context.dryRun || isSameJson(prepared, old)) return prepared;
  if (!isFinished(prepared)) return store.update(resource, prepared);
  // Who watches sees the object go as it was, and not the change before that.
  await store.remove(key, old.metadata.resourceVersion);
  return prepared;
}

/** Deletes an object: at once, or when its finalizers are gone. */
export async function deleteObject({ store, definition, key, context }: Write, options: Fields): Promise<Doomed> {
  const resource = fullName(definition);
  const old = await store.get(key);
  if (old === undefined) throw notFound(resource, key.name);
  checkPreconditions(definition, old, options["preconditions"]);
  await definition.admitDelete?.(old, context);
  if ((old.metadata.finalizers ?? []).length === 0) {
    if (!context.dryRun) await store.remove(key, old.metadata.resourceVersion);
    return { gone: true, object: old };
  }
  if (old.metadata.deletionTimestamp !== undefined) return { gone: false, object: old };
  const metadata = { ...old.metadata, deletionTimestamp: toTime(context.now), deletionGracePeriodSeconds: 0 };
  const doomed = { ...old, metadata };
  const prepared = definition.prepareUpdate?.(doomed, old, context) ?? doomed;
  return { gone: false, object: context.dryRun ? prepared : await store.update(resource, prepared) };
}

/** What became of an object that was to be deleted: it is gone, or stays until its finalizers are. */
export interface Doomed {
  readonly gone: boolean;
  readonly object: ApiObject;
}

/** Nothing holds its deletion any more. */
function isFinished({ metadata }: ApiObject): boolean {
  return metadata.deletionTimestamp !== undefined && (metadata.finalizers ?? []).length === 0;
}

/** A time as the API writes it. */
export function toTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}

function fromClient(failure: ApiFailure): ApiFailure {
  failure.cause = "client";
  return failure;
}

/** What only the server writes stays. */
function keepMeta(wanted: ObjectMeta, old: ObjectMeta): ObjectMeta {
  const { deletionTimestamp: _, deletionGracePeriodSeconds: __, generation: ___, ...rest } = wanted;
  const {
    uid,
    creationTimestamp,
    deletionTimestamp,
    deletionGracePeriodSeconds,
    generation,
    namespace,
    resourceVersion,
  } = old;
  const kept = {
    uid,
    creationTimestamp,
    deletionTimestamp,
    deletionGracePeriodSeconds,
    generation,
    namespace,
    resourceVersion,
  };
  return { ...rest, ...Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined)) };
}

function generated({ metadata }: ApiObject): string {
  const prefix = textIn(metadata, "generateName") ?? "";
  return prefix === "" ? "" : `${prefix}${randomUUID().slice(0, 5)}`;
}
