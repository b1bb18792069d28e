import type { Readable } from "node:stream";
import { GardenError } from "../garden-error.ts";
import { textAt, valueAt } from "../json.ts";
import { type Keep, keepFields } from "../lists/keep.ts";
import type { ListQuery } from "../lists/list-page.ts";
import { NotAnApi } from "../requests/body.ts";
import { startDeadline } from "../requests/deadline.ts";
import type { Requester } from "../requests/requester.ts";
import { type ApiObject, asObject, collectionPath, isConfidential } from "../resource.ts";

/** One message of a watch. */
export interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK";
  readonly object: ApiObject;
}

/** One connection that tells of changes since a moment, until the server or the network ends it. Throws "expired" when the moment is forgotten. */
export async function* watchOnce(
  requester: Requester,
  query: ListQuery,
  resourceVersion: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<WatchEvent> {
  // Five to ten minutes, as client-go asks for, so that not all come back at once.
  const seconds = 300 + Math.floor(requester.pace.random() * 300);
  // A connection that died in silence is ended by us.
  const deadline = startDeadline(signal, (seconds + 30) * 1000);
  try {
    const { body } = await requester.open(watchCall(query, resourceVersion, seconds), deadline.signal);
    for await (const line of linesOf(body)) yield readEvent(line, query.keep);
  } catch (error) {
    throw requester.explain(error, deadline.signal);
  } finally {
    deadline.abort();
    deadline.release();
  }
}

function watchCall(query: ListQuery, resourceVersion: string, seconds: number): Parameters<Requester["open"]>[0] {
  const { resource, namespace, labelSelector, fieldSelector, metadataOnly } = query;
  const parameters = new URLSearchParams({
    watch: "true",
    allowWatchBookmarks: "true",
    resourceVersion,
    timeoutSeconds: String(seconds),
    ...(labelSelector && { labelSelector }),
    ...(fieldSelector && { fieldSelector }),
  });
  return {
    method: "GET",
    path: `${collectionPath(resource, namespace)}?${parameters}`,
    confidential: isConfidential(resource),
    ...(metadataOnly && { accept: "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1" }),
  };
}

async function* linesOf(body: Readable): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for await (const chunk of body) {
    const bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(0x0a, start); end !== -1; end = bytes.indexOf(0x0a, start)) {
      yield bytes.toString("utf8", start, end);
      start = end + 1;
    }
    rest = Buffer.from(bytes.subarray(start));
  }
}

function readEvent(line: string, keep: Keep | undefined): WatchEvent {
  const event = parse(line);
  const type = textAt(event, "type");
  const value = valueAt(event, "object");
  if (type === "ERROR") throw watchError(value);
  const object = asObject(value);
  if (object === undefined || !isType(type)) throw new NotAnApi();
  if (keep === undefined || type === "BOOKMARK") return { type, object };
  const metadata = { ...Object(keep["metadata"]), resourceVersion: true };
  const kept = asObject(keepFields(object, { ...keep, metadata: keep["metadata"] === true ? true : metadata }));
  return { type, object: kept ?? object };
}

function isType(type: string | undefined): type is WatchEvent["type"] {
  return type === "ADDED" || type === "MODIFIED" || type === "DELETED" || type === "BOOKMARK";
}

function watchError(status: unknown): GardenError {
  const code = valueAt(status, "code");
  const reason = textAt(status, "reason") ?? "";
  const expired = code === 410 || reason === "Expired" || reason === "Gone";
  const message = expired
    ? "the server forgot the moment that was watched from"
    : `the server ended the watch (${reason})`;
  return new GardenError(expired ? "expired" : "network", message);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new NotAnApi();
  }
}
