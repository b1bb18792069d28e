import type { CacheStatus } from "@registry-cache/core";
import type { StatusSink, Unseen } from "@registry-cache/operations";
import { collectList, listFormat } from "./print/compact-list.ts";
import { type CompactRows, collectRows, isCompact } from "./print/compact-rows.ts";
import { type Listing, type ListStyle, renderListing } from "./print/live-output.ts";

/** What is kept of the caches of one Shoot: their rows, or they themselves. */
interface Part {
  readonly text: string;
  readonly caches: readonly CacheStatus[];
  readonly count: number;
  readonly broken: boolean;
}

/** The caches to be shown, as little of them as the form of the output allows. */
export interface KeptCaches {
  readonly sink: StatusSink<Part>;
  /** How many there were so far, and whether the chain of any is broken. */
  readonly seen: { readonly count: number; readonly broken: boolean };
  render(unseen: readonly Unseen[]): Iterable<string>;
}

/** Keeps what is shown of caches that come page by page; `onPage` hears of each page. */
export function keepCaches(
  style: ListStyle,
  listing: (caches: readonly CacheStatus[], unseen?: readonly Unseen[]) => Listing<CacheStatus>,
  onPage: () => void,
): KeptCaches {
  const compact = collect(style, listing([]).headers);
  const all: CacheStatus[] = [];
  const seen = { count: 0, broken: false };
  return {
    seen,
    sink: {
      reduce: (caches) => ({
        text: compact?.print(listing(caches)) ?? "",
        caches: compact === undefined ? caches : [],
        count: caches.length,
        broken: caches.some(isBroken),
      }),
      take(parts) {
        onPage();
        for (const it of parts) {
          seen.count += it.count;
          seen.broken ||= it.broken;
          all.push(...it.caches);
        }
        compact?.add(parts.map((it) => it.text));
      },
    },
    render: (unseen) => compact?.render({ cannotSee: unseen }) ?? [renderListing(listing(all, unseen), style)],
  };
}

/** Keeps the caches as bytes where the form of the output allows that. */
function collect(style: ListStyle, headers: Listing<CacheStatus>["headers"]): CompactRows<CacheStatus> | undefined {
  const format = listFormat(style);
  if (format !== undefined) return collectList(format);
  return isCompact(style) ? collectRows(style, headers) : undefined;
}

function isBroken({ findings }: CacheStatus): boolean {
  return findings.some((it) => it.severity === "error");
}
