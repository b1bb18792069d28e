import type { CacheStatus } from "@registry-cache/core";
import { type GardenSession, readStatus, type StatusRequest, watchStatus } from "@registry-cache/operations";
import type { CommandLine } from "./command-line.ts";
import { type GardenFlags, readGardenFlags, readText, refuseNamesEverywhere } from "./garden-flags.ts";
import { createLongList } from "./long-list.ts";
import { createLongRun, filesBetweenLooks } from "./long-run.ts";
import { collectList, listFormat } from "./print/compact-list.ts";
import { type CompactRows, collectRows, isCompact } from "./print/compact-rows.ts";
import { type ListStyle, openStream, readListStyle, renderListing } from "./print/live-output.ts";
import { printable } from "./print/printable.ts";
import { statusListing } from "./print/status-listing.ts";
import { openTerminal, type Terminal } from "./print/terminal.ts";
import { tellUnseen } from "./print/unseen.ts";
import { withGarden } from "./with-garden.ts";

/** Runs `status`: tells how the caches of Shoots are. Gives the exit code. */
export async function runStatus(line: CommandLine): Promise<number> {
  const terminal = openTerminal();
  const garden = readGardenFlags(line.flags);
  refuseNamesEverywhere(line.words, garden);
  const style = readListStyle(line.flags);
  if (line.flags["watch"] === true) return watch(line, garden, style, terminal);
  const now = Date.now();
  const namespaces = garden.all || garden.projects.length > 1;
  const compact = collect(style);
  const limitMemory = createLongRun();
  const list = createLongList();
  let [count, broken, pages] = [0, false, 0];
  const take = (caches: readonly CacheStatus[]): void => {
    pages += 1;
    limitMemory(pages * filesBetweenLooks);
    count += caches.length;
    broken ||= caches.some(isBroken);
    compact?.add(statusListing(caches, { namespaces, now, unseen: [] }));
  };
  const { caches, shoots, unseen } = await withGarden(garden, terminal, (session) =>
    readStatus(session.client, { ...requestOf(line, session, now), ...(compact && { onCaches: take }) }),
  );
  list.stop();
  if (compact === undefined) {
    take(caches);
    terminal.out(renderListing(statusListing(caches, { namespaces, now, unseen }), style));
  } else for (const text of compact.render({ cannotSee: unseen })) terminal.out(text);
  terminal.flush();
  tellUnseen(terminal, unseen);
  if (count === 0) terminal.err(shoots === 0 ? "No Shoots found\n" : "No caches or mirrors found\n");
  return broken ? 1 : 0;
}

/** Keeps the caches as bytes where the form of the output allows that. */
function collect(style: ListStyle): CompactRows<CacheStatus> | undefined {
  const format = listFormat(style);
  if (format !== undefined) return collectList(format);
  return isCompact(style) ? collectRows(style) : undefined;
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
