import type { ApplyOptions, DeleteOptions, Deletion, PatchStep, WriteOptions } from "./garden-client.ts";
import { valueAt } from "./json.ts";
import { readAs } from "./requests/body.ts";
import type { ApiCall, Requester } from "./requests/requester.ts";
import {
  type ApiObject,
  asObject,
  collectionPath,
  isConfidential,
  type ObjectRef,
  objectPath,
  type Resource,
} from "./resource.ts";

/** Names us as the author of a change. */
const fieldManager = "kubectl-registry-cache";

/** Gets one object. */
export function getObject(
  requester: Requester,
  ref: ObjectRef,
  metadataOnly: boolean,
  signal: AbortSignal | undefined,
): Promise<ApiObject> {
  const accept = metadataOnly ? "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1" : "application/json";
  return callForObject(
    requester,
    { ...confidence(ref.resource), method: "GET", path: objectPath(ref), accept },
    signal,
  );
}

/** Creates an object in the namespace that it names. */
export function createObject(
  requester: Requester,
  resource: Resource,
  object: ApiObject,
  options: WriteOptions,
): Promise<ApiObject> {
  const path = collectionPath(resource, object.metadata.namespace) + search(options);
  const call: ApiCall = { ...confidence(resource), method: "POST", path, body: object };
  return callForObject(requester, call, options.signal);
}

/** Sends a JSON patch. */
export function patchObject(
  requester: Requester,
  ref: ObjectRef,
  steps: readonly PatchStep[],
  options: WriteOptions,
): Promise<ApiObject> {
  const contentType = "application/json-patch+json";
  const path = objectPath(ref) + search(options);
  const call: ApiCall = { ...confidence(ref.resource), method: "PATCH", path, body: steps, contentType };
  return callForObject(requester, call, options.signal);
}

/** Applies an object: the server merges our fields into it (server-side apply), and creates it where there is none. */
export function applyObject(
  requester: Requester,
  resource: Resource,
  object: ApiObject,
  options: ApplyOptions,
): Promise<ApiObject> {
  const { name, namespace } = object.metadata;
  const ref: ObjectRef = { resource, name, ...(namespace !== undefined && { namespace }) };
  const path = `${objectPath(ref)}${search(options)}${options.force === true ? "&force=true" : ""}`;
  // JSON is YAML, and the only type by which every server knows an apply.
  const contentType = "application/apply-patch+yaml";
  const call: ApiCall = { ...confidence(resource), method: "PATCH", path, body: object, contentType };
  return callForObject(requester, call, options.signal);
}

/** Deletes an object under conditions. */
export async function deleteObject(requester: Requester, ref: ObjectRef, options: DeleteOptions): Promise<Deletion> {
  const { uid, resourceVersion, dryRun, signal } = options;
  const preconditions = { ...(uid && { uid }), ...(resourceVersion && { resourceVersion }) };
  const body = {
    apiVersion: "v1",
    kind: "DeleteOptions",
    ...(Object.keys(preconditions).length > 0 && { preconditions }),
    ...(dryRun && { dryRun: ["All"] }),
  };
  const call: ApiCall = { ...confidence(ref.resource), method: "DELETE", path: objectPath(ref), body };
  return requester.call(call, (answer) => readAs(answer.body, readDeletion), signal);
}

function readDeletion(answer: unknown): Deletion | undefined {
  if (valueAt(answer, "kind") === "Status") return { gone: true };
  const object = asObject(answer);
  // An object that nothing holds is given back as it was at last.
  return object && ((object.metadata.finalizers ?? []).length === 0 ? { gone: true } : { gone: false, object });
}

function callForObject(requester: Requester, call: ApiCall, signal: AbortSignal | undefined): Promise<ApiObject> {
  return requester.call(call, (answer) => readAs(answer.body, asObject), signal);
}

function confidence(resource: Resource): { readonly confidential: boolean } {
  return { confidential: isConfidential(resource) };
}

function search({ dryRun, fieldValidation }: WriteOptions): string {
  const parameters = new URLSearchParams({
    fieldManager,
    ...(dryRun && { dryRun: "All" }),
    ...(fieldValidation && { fieldValidation }),
  });
  return `?${parameters}`;
}
