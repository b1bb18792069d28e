import { GardenError, isGardenError } from "../garden-error.ts";
import type { Requester } from "../requests/requester.ts";
import type { ApiObject } from "../resource.ts";
import { type FetchedPage, type Listing, type ListQuery, type PageRequest, startPage } from "./list-page.ts";

/** A part of a list, in the order of the server. */
export interface Page<T = ApiObject> {
  readonly items: readonly T[];
  readonly resourceVersion: string;
  /** The first pages were forgotten by the server meanwhile, so this one is of a later moment than they are. */
  readonly later: boolean;
}

/** All objects of a list. */
export interface ApiList {
  readonly items: readonly ApiObject[];
  /** The moment of the list, to watch from. */
  readonly resourceVersion: string;
}

/**
 * Lists page by page, with the next one already asked for, so memory stays flat. An error in the middle is an error:
 * whoever has got to the end has seen every object that was there all the time.
 */
export async function* listPages<T>(
  requester: Requester,
  listing: Listing<T>,
  signal?: AbortSignal,
): AsyncGenerator<Page<T>> {
  let current = startPage(requester, listing, undefined, signal);
  let ahead: PageRequest<T> | undefined;
  let later = false;
  try {
    for (;;) {
      // The next page is asked for as soon as its name is known, so the server works on it while we read this one.
      const early = await current.next.catch(() => undefined);
      ahead = early === undefined ? undefined : startPage(requester, listing, early, signal);
      const fetched = await settle(current.page);
      if ("token" in fetched) {
        later = true;
        current = startPage(requester, listing, fetched.token, signal);
        continue;
      }
      yield { items: fetched.items, resourceVersion: fetched.resourceVersion, later };
      if (fetched.next === undefined) return;
      // A page that had to be read again may name another.
      if (fetched.next !== early || ahead === undefined) {
        ahead?.cancel();
        ahead = startPage(requester, listing, fetched.next, signal);
      }
      current = ahead;
    }
  } finally {
    current.cancel();
    ahead?.cancel();
  }
}

/** Lists all objects of one moment. When the server forgets that moment half-way, it is asked once more, for all at once. */
export async function listAll(requester: Requester, query: ListQuery, signal?: AbortSignal): Promise<ApiList> {
  try {
    return await collect(requester, query, signal);
  } catch (error) {
    if (!isGardenError(error) || error.kind !== "expired") throw error;
    return collect(requester, { ...query, pageSize: 0 }, signal);
  }
}

async function collect(requester: Requester, query: ListQuery, signal?: AbortSignal): Promise<ApiList> {
  const items: ApiObject[] = [];
  let resourceVersion = "";
  for await (const page of listPages(requester, { query, reduce: asItIs }, signal)) {
    if (page.later) throw new GardenError("expired", "the server forgot the list while it was read");
    items.push(...page.items);
    resourceVersion = page.resourceVersion;
  }
  return { items, resourceVersion };
}

/** Objects as they have come. */
export function asItIs(object: ApiObject): ApiObject {
  return object;
}

/** The page, or the way on where the server has forgotten the moment of the list. */
async function settle<T>(page: Promise<FetchedPage<T>>): Promise<FetchedPage<T> | { readonly token: string }> {
  try {
    return await page;
  } catch (error) {
    const token = isGardenError(error) && error.kind === "expired" ? error.details.continueToken : undefined;
    if (token === undefined) throw error;
    return { token };
  }
}
