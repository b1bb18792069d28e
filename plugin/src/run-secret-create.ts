import { setupOf } from "@registry-cache/operations";
import type { CommandLine } from "./command-line.ts";
import { makeSecret } from "./make-secret.ts";
import { openTerminal } from "./print/terminal.ts";
import { readSecretCreateFlags } from "./secret-flags.ts";
import { writeManifest } from "./write-secret-manifest.ts";

/** Runs `secret create`: makes a Secret whose credential was tried, in the garden or as a manifest. Gives the exit code. */
export async function runSecretCreate(line: CommandLine): Promise<number> {
  const flags = readSecretCreateFlags(line);
  const terminal = openTerminal();
  if (flags.place.kind === "garden" || flags.shoot !== undefined)
    return (await import("./secret-in-garden.ts")).createWithGarden(flags, terminal);
  const { upstream, namespace, skipProbe } = flags;
  const setups = upstream === undefined || skipProbe ? [] : [setupOf(upstream.upstream, upstream.remoteURL)];
  return makeSecret({ flags, terminal, setups, namespace }, (made) => writeManifest(flags, terminal, made));
}
