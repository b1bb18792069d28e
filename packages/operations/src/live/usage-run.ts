import type { UsageReport } from "@registry-cache/core";
import { type GardenClient, type ListQuery, resources } from "@registry-cache/garden";
import { placeWords, unlessForbidden, unlessMissing } from "./unseen.ts";

/** A list that was read to its end, and of which moment it is. */
export interface ReadList {
  readonly resource: string;
  /** Absent for the whole garden. */
  readonly namespace?: string;
  readonly resourceVersion: string;
  readonly items: number;
}

/** A search for what uses Secrets, on its way. */
export interface Run {
  readonly client: GardenClient;
  readonly reports: UsageReport[];
  readonly read: ReadList[];
  /** What our rights kept back, in words. */
  readonly unread: string[];
}

/** Notes that our rights end before a list. */
export function note(run: Run, resource: keyof typeof resources, namespace: string | undefined): void {
  run.unread.push(`${resources[resource].plural} ${placeWords(namespace)}`);
}

/** Reads a list to its end; false where our rights end. A garden that has no such resource has none of them. */
export async function readList(run: Run, query: ListQuery, onItem: (item: unknown) => void): Promise<boolean> {
  const listed = await unlessForbidden(unlessMissing(run.client.list(query)));
  if (listed === "forbidden") return false;
  if (listed === undefined) return true;
  const { items, resourceVersion } = listed;
  for (const it of items) onItem(it);
  run.read.push({ resource: query.resource.plural, ...where(query.namespace), resourceVersion, items: items.length });
  return true;
}

/** A namespace as requests and results have it. */
export function where(namespace: string | undefined): { readonly namespace?: string } {
  return namespace === undefined ? {} : { namespace };
}
