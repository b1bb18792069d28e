import { readUsage } from "@registry-cache/operations";
import type { CommandLine } from "./command-line.ts";
import { readGardenFlags, readText } from "./garden-flags.ts";
import { readListStyle, renderListing } from "./print/live-output.ts";
import { openTerminal } from "./print/terminal.ts";
import { tellUnseen } from "./print/unseen.ts";
import { usageListing } from "./print/usage-listing.ts";
import { placeOf, withGarden } from "./with-garden.ts";

/** Runs `usage`: tells what uses Secrets. Gives the exit code. */
export async function runUsage({ flags, words }: CommandLine): Promise<number> {
  const terminal = openTerminal();
  const garden = readGardenFlags(flags);
  const style = readListStyle(flags);
  const { place, ...outcome } = await withGarden(garden, terminal, async (session) => {
    const request = {
      ...session.scope,
      secrets: words,
      labelSelector: readText(flags["selector"]),
      fieldSelector: readText(flags["field-selector"]),
    };
    return { ...(await readUsage(session.client, request)), place: placeOf(session) };
  });
  const namespaces = garden.all || garden.projects.length > 1;
  terminal.out(renderListing(usageListing(outcome, { namespaces, now: Date.now() }), style));
  terminal.flush();
  tellUnseen(terminal, outcome.unseen);
  if (outcome.secrets.length === 0) terminal.err(`No Secrets found in ${place}\n`);
  return words.length > 0 && outcome.secrets.some((it) => it.verdict !== "safe-to-delete") ? 1 : 0;
}
