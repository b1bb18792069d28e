import { isFields, textAt, valueAt } from "../json.ts";
import { eachChunk, NotAnApi } from "../requests/body.ts";
import type { Answer, ApiCall, Requester } from "../requests/requester.ts";
import { type ApiObject, asObject, collectionPath, isConfidential, type Resource } from "../resource.ts";
import type { Keep } from "./keep.ts";
import { createListScanner } from "./list-scanner.ts";
import { UnexpectedJson } from "./skip-json.ts";

/** What to list. */
export interface ListQuery {
  readonly resource: Resource;
  /** Without it, of all namespaces. */
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** The fields that are wanted; without it, all. */
  readonly keep?: Keep;
  /** Leaves all but the metadata with the server: no value of a Secret travels. */
  readonly metadataOnly?: boolean;
  /** How many objects a page has, 500 unless told; 0 asks for all at once. */
  readonly pageSize?: number;
}

/** Makes of an object what is wanted of it, as soon as it has come. What it made of a page that broke off is dropped, so it must change nothing. */
export type Reduce<T> = (object: ApiObject) => T;

/** A page that has arrived as a whole. */
export interface FetchedPage<T> {
  readonly items: readonly T[];
  readonly resourceVersion: string;
  /** Names the page after it; undefined for the last. */
  readonly next: string | undefined;
}

/** A page under way. */
export interface PageRequest<T> {
  readonly page: Promise<FetchedPage<T>>;
  /** The name of the page after it, known before its items are. */
  readonly next: Promise<string | undefined>;
  cancel(): void;
}

/** What to list, and what to make of it. */
export interface Listing<T> {
  readonly query: ListQuery;
  readonly reduce: Reduce<T>;
}

const partial = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

/** Asks for a page; the first without a token. */
export function startPage<T>(
  requester: Requester,
  { query, reduce }: Listing<T>,
  token: string | undefined,
  signal: AbortSignal | undefined,
): PageRequest<T> {
  const controller = new AbortController();
  const cancel = (): void => controller.abort(signal?.reason);
  if (signal?.aborted === true) cancel();
  signal?.addEventListener("abort", cancel, { once: true });
  let tell = (_: string | undefined): void => undefined;
  const told = new Promise<string | undefined>((resolve) => {
    tell = resolve;
  });
  const page = requester
    .call(
      listCall(query, token),
      (answer) => readPage(answer, { query, reduce }, (it) => tell(tokenIn(it))),
      controller.signal,
    )
    .finally(() => signal?.removeEventListener("abort", cancel));
  const next = Promise.race([told, page.then((it) => it.next)]);
  // Whoever waits for the page hears of its failure; these two may have nobody.
  page.catch(() => undefined);
  next.catch(() => undefined);
  return { page, next, cancel };
}

function listCall(query: ListQuery, token: string | undefined): ApiCall {
  const { resource, namespace, labelSelector, fieldSelector, metadataOnly, pageSize = 500 } = query;
  const parameters = new URLSearchParams({
    ...(labelSelector && { labelSelector }),
    ...(fieldSelector && { fieldSelector }),
    ...(pageSize > 0 && { limit: String(pageSize) }),
    ...(token !== undefined && { continue: token }),
  });
  const search = parameters.size === 0 ? "" : `?${parameters}`;
  return {
    method: "GET",
    path: `${collectionPath(resource, namespace)}${search}`,
    confidential: isConfidential(resource),
    ...(metadataOnly && { accept: partial }),
  };
}

async function readPage<T>(
  { body }: Answer,
  { query: { keep, metadataOnly }, reduce }: Listing<T>,
  onMetadata: (metadata: unknown) => void,
): Promise<FetchedPage<T>> {
  // Servers leave out what all items of a list have in common, and may say it behind them.
  const whole = keep === undefined && metadataOnly !== true;
  const objects: ApiObject[] = [];
  const items: T[] = [];
  const onItem = (value: unknown): void => {
    const item = asObject(value);
    if (item === undefined) throw new NotAnApi();
    if (whole) objects.push(item);
    else items.push(reduce(item));
  };
  const scanner = createListScanner(keep && { ...keep, metadata: keep["metadata"] ?? {} }, { onItem, onMetadata });
  try {
    await eachChunk(body, (chunk) => scanner.push(chunk));
    const list = scanner.end();
    const kind = textAt(list, "kind") ?? "";
    if (!kind.endsWith("List")) throw new NotAnApi();
    const own = { apiVersion: textAt(list, "apiVersion") ?? "", kind: kind.slice(0, -"List".length) };
    return {
      items: whole ? objects.map((it) => reduce({ ...own, ...it })) : items,
      resourceVersion: textAt(list, "metadata", "resourceVersion") ?? "",
      next: tokenIn(valueAt(list, "metadata")),
    };
  } catch (error) {
    throw error instanceof UnexpectedJson ? new NotAnApi() : error;
  }
}

function tokenIn(metadata: unknown): string | undefined {
  return isFields(metadata) ? textAt(metadata, "continue") || undefined : undefined;
}
