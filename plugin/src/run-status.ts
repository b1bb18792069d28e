import type { CacheStatus } from "@registry-cache/core";
import {
  type GardenSession,
  readStatus,
  type StatusRequest,
  type StatusSink,
  type Unseen,
  watchStatus,
} from "@registry-cache/operations";
import type { CommandLine } from "./command-line.ts";
import { type GardenFlags, readGardenFlags, readText, refuseNamesEverywhere } from "./garden-flags.ts";
import { createLongList, type LongList } from "./long-list.ts";
import { createLongRun, filesBetweenLooks } from "./long-run.ts";
import { collectList, listFormat } from "./print/compact-list.ts";
import { type CompactRows, collectRows, isCompact } from "./print/compact-rows.ts";
import { type Listing, type ListStyle, openStream, readListStyle, renderListing } from "./print/live-output.ts";
import { printable } from "./print/printable.ts";
import { statusListing } from "./print/status-listing.ts";
import { openTerminal, type Terminal } from "./print/terminal.ts";
import { tellUnseen } from "./print/unseen.ts";
import { placeOf, withGarden } from "./with-garden.ts";

/** Runs `status`: tells how the caches of Shoots are. Gives the exit code. */
export async function runStatus(line: CommandLine): Promise<number> {
  const terminal = openTerminal();
  const garden = readGardenFlags(line.flags);
  refuseNamesEverywhere(line.words, garden);
  const style = readListStyle(line.flags);
  if (line.flags["watch"] === true) return watch(line, garden, style, terminal);
  const now = Date.now();
  const namespaces = garden.all || garden.projects.length > 1;
  const listing = (caches: readonly CacheStatus[], unseen: readonly Unseen[] = []): Listing<CacheStatus> =>
    statusListing(caches, { namespaces, now, unseen });
  const list = createLongList();
  const kept = keepCaches(style, listing, list);
  const { shoots, unseen, place } = await withGarden(garden, terminal, async (session) => ({
    ...(await readStatus(session.client, requestOf(line, session, now), kept.sink)),
    place: placeOf(session),
  }));
  list.stop();
  for (const text of kept.render(unseen)) terminal.out(text);
  terminal.flush();
  tellUnseen(terminal, unseen);
  const { count, broken } = kept;
  if (count === 0) terminal.err(`${shoots === 0 ? "No Shoots" : "No caches or mirrors"} found in ${place}\n`);
  return broken ? 1 : 0;
}

/** What is kept of the caches of one Shoot: their rows, or they themselves. */
interface Part {
  readonly text: string;
  readonly caches: readonly CacheStatus[];
  readonly count: number;
  readonly broken: boolean;
}

/** The caches to be shown, as little of them as the form of the output allows. */
interface KeptCaches {
  readonly sink: StatusSink<Part>;
  readonly count: number;
  readonly broken: boolean;
  render(unseen: readonly Unseen[]): Iterable<string>;
}

function keepCaches(
  style: ListStyle,
  listing: (caches: readonly CacheStatus[], unseen?: readonly Unseen[]) => Listing<CacheStatus>,
  list: LongList,
): KeptCaches {
  const compact = collect(style, listing([]).headers);
  const limitMemory = createLongRun();
  const all: CacheStatus[] = [];
  let [count, broken, pages] = [0, false, 0];
  return {
    sink: {
      reduce: (caches) => ({
        text: compact?.print(listing(caches)) ?? "",
        caches: compact === undefined ? caches : [],
        count: caches.length,
        broken: caches.some(isBroken),
      }),
      take(parts) {
        pages += 1;
        limitMemory(pages * filesBetweenLooks);
        list.page();
        for (const it of parts) {
          count += it.count;
          broken ||= it.broken;
          all.push(...it.caches);
        }
        compact?.add(parts.map((it) => it.text));
      },
    },
    get count() {
      return count;
    },
    get broken() {
      return broken;
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

/** Goes on until somebody ends the program, which leaves nothing behind. */
async function watch(line: CommandLine, garden: GardenFlags, style: ListStyle, terminal: Terminal): Promise<number> {
  const namespaces = garden.all || garden.projects.length > 1;
  const render = openStream(style);
  await withGarden(garden, terminal, async (session) => {
    const request = requestOf(line, session, Date.now());
    const never = new AbortController().signal;
    for await (const { caches, gone, unseen } of watchStatus(session.client, request, never)) {
      terminal.out(render(statusListing(caches, { namespaces, now: Date.now(), unseen })));
      terminal.flush();
      tellUnseen(terminal, unseen);
      for (const it of gone) terminal.err(`note: Shoot ${printable(it)} is gone\n`);
    }
  });
  return 0;
}

function requestOf({ flags, words }: CommandLine, { scope, shoot }: GardenSession, now: number): StatusRequest {
  return {
    ...scope,
    shoots: words.length === 0 && shoot !== undefined ? [shoot] : words,
    labelSelector: readText(flags["selector"]),
    fieldSelector: readText(flags["field-selector"]),
    now,
  };
}

function isBroken({ findings }: CacheStatus): boolean {
  return findings.some((it) => it.severity === "error");
}
