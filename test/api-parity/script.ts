import type { Call } from "./call-server.ts";

/** What a script remembers of earlier answers, by the names of their steps. */
export interface Memory {
  /** The value at a path of the last body of a step. */
  text(step: string, ...path: readonly string[]): string;
}

/** One step: its name, which says what it shows, and the call. */
export interface Step {
  readonly name: string;
  readonly call: (memory: Memory) => Call;
  /** The server has forgotten the moment of the list that this goes on with. */
  readonly forgotten?: boolean;
}

/** A step whose call needs nothing of the others. */
export function step(name: string, call: Call | ((memory: Memory) => Call)): Step {
  return { name, call: typeof call === "function" ? call : () => call };
}

/** A step that goes on with a list whose moment the server has forgotten meanwhile. */
export function forgotten(name: string, call: (memory: Memory) => Call): Step {
  return { name, call, forgotten: true };
}

export const namespace = "parity";
export const secrets = `/api/v1/namespaces/${namespace}/secrets`;
export const partial = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
export const partialList = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
export const table = "application/json;as=Table;g=meta.k8s.io;v=v1";

/** A Secret as somebody would create it. */
export function secret(
  name: string,
  { metadata = {}, ...more }: { readonly metadata?: object; readonly [field: string]: unknown } = {},
): object {
  return { apiVersion: "v1", kind: "Secret", metadata: { name, ...metadata }, data: { username: "dQ==" }, ...more };
}

/** A patch of a kind. */
export function patch(type: "json" | "merge" | "strategic-merge", path: string, body: unknown): Call {
  return { method: "PATCH", path, body, headers: { "content-type": `application/${type}-patch+json` } };
}

/** A server-side apply by a field manager. */
export function apply(path: string, manager: string, body: object, force = false): Call {
  const query = `fieldManager=${manager}${force ? "&force=true" : ""}`;
  const headers = { "content-type": "application/apply-patch+yaml" };
  return { method: "PATCH", path: `${path}?${query}`, body, headers };
}

/** A call in the name of somebody without rights. */
export function asJane(call: Call): Call {
  return { ...call, headers: { ...call.headers, "impersonate-user": "jane" } };
}
