import type { CacheSetup } from "@registry-cache/core";
import { type ProbeCredential, readCacheSetups, readLiveCredential, rotationClient } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import { printable } from "./print/printable.ts";
import type { Terminal } from "./print/terminal.ts";
import type { ProbeFlags } from "./probe-flags.ts";
import { withGarden } from "./with-garden.ts";

/** What a probe takes from a garden. */
export interface GardenParts {
  readonly setups?: readonly CacheSetup[] | undefined;
  readonly credential?: Extract<ProbeCredential, { readonly kind: "given" }>["credential"] | undefined;
}

/** Reads caches and a credential from a garden, as far as they are meant. Values of Secrets are read only where no other credential is given. */
export function readFromGarden(
  { target, credential, garden }: Pick<ProbeFlags, "target" | "credential" | "garden">,
  terminal: Terminal,
): Promise<GardenParts> {
  return withGarden(garden, terminal, async (session) => {
    const client = await rotationClient(session);
    const ofSecret = credential.kind === "secret" && credential.files === undefined;
    const credentials = credential.kind === "manifests";
    return {
      setups: target.kind === "shoot" ? given(await readCacheSetups(client, { ...target, credentials })) : undefined,
      credential: ofSecret ? given(await readLiveCredential(client, credential.secret)) : undefined,
    };
  });
}

function given<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string },
): T {
  if (!result.ok) throw new CliError(printable(result.error));
  return result.value;
}
