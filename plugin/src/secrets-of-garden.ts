import { findLiveExpiring, inspectLiveSecret, rotationClient, type SecretInspection } from "@registry-cache/operations";
import type { FlagValues } from "./command-line.ts";
import { readGardenFlags } from "./garden-flags.ts";
import { openProgress } from "./print/progress.ts";
import type { Terminal } from "./print/terminal.ts";
import { withGarden } from "./with-garden.ts";

/** Inspects a Secret of the garden. */
export function inspectInGarden(
  flags: FlagValues,
  terminal: Terminal,
  { name, now }: { readonly name: string; readonly now: number },
): Promise<SecretInspection> {
  return withGarden(readGardenFlags(flags), terminal, async (session) =>
    inspectLiveSecret(await rotationClient(session), name, now),
  );
}

/** Lists the Secrets of the caches of the garden by when they end. */
export function listInGarden(
  flags: FlagValues,
  terminal: Terminal,
  limits: { readonly now: number; readonly within: number; readonly maxAge: number | undefined },
): ReturnType<typeof findLiveExpiring> {
  const progress = openProgress(terminal, "Secrets");
  return withGarden(readGardenFlags(flags), terminal, async ({ client, scope }) => {
    try {
      const metadataOnly = flags["metadata-only"] === true;
      return await findLiveExpiring(client, { ...scope, ...limits, metadataOnly, onProgress: progress.step });
    } finally {
      progress.end();
    }
  });
}
