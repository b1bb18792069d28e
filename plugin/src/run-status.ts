import type { CacheStatus } from "@registry-cache/core";
import { type GardenSession, readStatus, type StatusRequest } from "@registry-cache/operations";
import type { CommandLine } from "./command-line.ts";
import { readGardenFlags, readText } from "./garden-flags.ts";
import { readListStyle, renderListing } from "./print/live-output.ts";
import { statusListing } from "./print/status-listing.ts";
import { openTerminal } from "./print/terminal.ts";
import { tellUnseen } from "./print/unseen.ts";
import { withGarden } from "./with-garden.ts";

/** Runs `status`: tells how the caches of Shoots are. Gives the exit code. */
export async function runStatus(line: CommandLine): Promise<number> {
  const terminal = openTerminal();
  const garden = readGardenFlags(line.flags);
  const style = readListStyle(line.flags);
  const now = Date.now();
  const namespaces = garden.all || garden.projects.length > 1;
  const { caches, shoots, unseen } = await withGarden(garden, terminal, (session) =>
    readStatus(session.client, requestOf(line, session, now)),
  );
  terminal.out(renderListing(statusListing(caches, { namespaces, now, unseen }), style));
  terminal.flush();
  tellUnseen(terminal, unseen);
  if (caches.length === 0) terminal.err(shoots === 0 ? "No Shoots found\n" : "No caches or mirrors found\n");
  return caches.some(isBroken) ? 1 : 0;
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
