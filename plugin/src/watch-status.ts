import { type GardenSession, type StatusRequest, watchStatus } from "@registry-cache/operations";
import { type ListStyle, openStream } from "./print/live-output.ts";
import { printable } from "./print/printable.ts";
import { statusListing } from "./print/status-listing.ts";
import type { Terminal } from "./print/terminal.ts";
import { tellUnseen } from "./print/unseen.ts";

/** How what changes is shown. */
export interface WatchStyle {
  readonly style: ListStyle;
  /** Show namespaces. */
  readonly namespaces: boolean;
}

/** Prints the caches of a garden and what changes, until somebody ends the program, which leaves nothing behind. */
export async function printChanges(
  { client }: GardenSession,
  request: StatusRequest,
  { style, namespaces }: WatchStyle,
  terminal: Terminal,
): Promise<void> {
  const render = openStream(style);
  const never = new AbortController().signal;
  for await (const { caches, gone, unseen } of watchStatus(client, request, never)) {
    terminal.out(render(statusListing(caches, { namespaces, now: Date.now(), unseen })));
    terminal.flush();
    tellUnseen(terminal, unseen);
    for (const it of gone) terminal.err(`note: Shoot ${printable(it)} is gone\n`);
  }
}
