import type { CacheStatus } from "@registry-cache/core";
import { type GardenSession, readStatus, type StatusRequest, type Unseen } from "@registry-cache/operations";
import type { CommandLine } from "./command-line.ts";
import { readGardenFlags, readText, refuseNamesEverywhere } from "./garden-flags.ts";
import { keepCaches } from "./kept-caches.ts";
import { createLongList } from "./long-list.ts";
import { type Listing, readListStyle } from "./print/live-output.ts";
import { statusListing } from "./print/status-listing.ts";
import { openTerminal } from "./print/terminal.ts";
import { tellUnseen } from "./print/unseen.ts";
import { placeOf, withGarden } from "./with-garden.ts";

/** Runs `status`: tells how the caches of Shoots are. Gives the exit code. */
export async function runStatus(line: CommandLine): Promise<number> {
  const terminal = openTerminal();
  const garden = readGardenFlags(line.flags);
  refuseNamesEverywhere(line.words, garden);
  const style = readListStyle(line.flags);
  const now = Date.now();
  const namespaces = garden.all || garden.projects.length > 1;
  if (line.flags["watch"] === true) {
    const { printChanges } = await import("./watch-status.ts");
    const shown = { style, namespaces };
    await withGarden(garden, terminal, (it) => printChanges(it, requestOf(line, it, now), shown, terminal));
    return 0;
  }
  const listing = (caches: readonly CacheStatus[], unseen: readonly Unseen[] = []): Listing<CacheStatus> =>
    statusListing(caches, { namespaces, now, unseen });
  const list = createLongList();
  const kept = keepCaches(style, listing, list.page);
  const { shoots, unseen, place } = await withGarden(garden, terminal, async (session) => ({
    ...(await readStatus(session.client, requestOf(line, session, now), kept.sink)),
    place: placeOf(session),
  }));
  list.stop();
  for (const text of kept.render(unseen)) terminal.out(text);
  terminal.flush();
  tellUnseen(terminal, unseen);
  const { count, broken } = kept.seen;
  if (count === 0) terminal.err(`${shoots === 0 ? "No Shoots" : "No caches or mirrors"} found in ${place}\n`);
  return broken ? 1 : 0;
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
