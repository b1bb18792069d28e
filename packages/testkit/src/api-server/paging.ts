import { ApiFailure, badRequest } from "./failure.ts";
import { type ApiObject, isFields } from "./object.ts";
import type { StoreList } from "./store.ts";

/** One page of a list, and what its metadata say. */
export interface ListPage {
  readonly items: readonly ApiObject[];
  readonly metadata: {
    readonly resourceVersion: string;
    readonly continue?: string;
    readonly remainingItemCount?: number;
  };
}

/** Cuts lists into pages of one moment. */
export interface Pager {
  page(list: () => Promise<StoreList>, limit: number, token: string): Promise<ListPage>;
  /** Forgets the moments of all lists under way. */
  forget(): void;
}

/** How many lists may be under way. */
const remembered = 32;

/** A pager; it keeps the objects of the lists under way. */
export function createPager(): Pager {
  const moments = new Map<string, readonly ApiObject[]>();
  let lists = 0;
  const cut = (moment: Moment, from: number, limit: number): ListPage => {
    const { items, resourceVersion, list } = moment;
    const end = limit > 0 ? from + limit : items.length;
    const left = items.length - end;
    if (left <= 0) return { items: items.slice(from), metadata: { resourceVersion } };
    moments.delete(list);
    moments.set(list, items);
    for (const oldest of moments.keys()) if (moments.size > remembered) moments.delete(oldest);
    const next = { rv: resourceVersion, start: keyText(items[end]), list };
    const metadata = { resourceVersion, continue: write(next), remainingItemCount: left };
    return { items: items.slice(from, end), metadata };
  };
  return {
    async page(list, limit, token) {
      const begin = async (): Promise<Moment> => {
        lists += 1;
        return { ...(await list()), list: String(lists) };
      };
      if (token === "") return cut(await begin(), 0, limit);
      const { rv, start, list: known } = read(token);
      const now = rv === "-1" ? await begin() : undefined;
      const items = now?.items ?? moments.get(known);
      if (items === undefined) throw expired(start);
      const from = items.findIndex((it) => keyText(it) >= start);
      const moment = now ?? { items, resourceVersion: rv, list: known };
      return cut(moment, from === -1 ? items.length : from, limit);
    },
    forget: () => moments.clear(),
  };
}

/** A list as it was when its first page was cut. Two lists of one moment have the same version, and are two. */
interface Moment extends StoreList {
  readonly list: string;
}

interface Token {
  /** "-1" goes on at whatever moment it is by then. */
  readonly rv: string;
  readonly start: string;
  /** Which of the lists under way. */
  readonly list: string;
}

function write(token: Token): string {
  return Buffer.from(JSON.stringify(token)).toString("base64url");
}

function read(text: string): Token {
  try {
    const token: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    if (isFields(token)) return { rv: String(token["rv"]), start: String(token["start"]), list: String(token["list"]) };
  } catch {
    // Falls through to the refusal.
  }
  throw badRequest("invalid continue token: continue key is not valid");
}

function keyText(object: ApiObject | undefined): string {
  return object === undefined ? "" : `${object.metadata.namespace ?? ""}/${object.metadata.name}`;
}

function expired(start: string): ApiFailure {
  const message =
    "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";
  return new ApiFailure({
    code: 410,
    reason: "Expired",
    message,
    metadata: { continue: write({ rv: "-1", start, list: "" }) },
  });
}
