import type { CacheSetup } from "@registry-cache/core";
import {
  draftSecret,
  probeCredential,
  readCredentialSource,
  type SecretDraft,
  type SecretDraftRequest,
} from "@registry-cache/operations";
import { askCredential } from "./ask-credential.ts";
import { CliError } from "./cli-error.ts";
import { printable } from "./print/printable.ts";
import type { Terminal } from "./print/terminal.ts";
import type { SecretCreateFlags } from "./secret-flags.ts";
import { tellRefused } from "./tell-refused.ts";

/** A Secret to be made, and where its credential is tried. */
export interface SecretMaking {
  readonly flags: SecretCreateFlags;
  readonly terminal: Terminal;
  /** The caches that it is for; empty where it is not to be tried. */
  readonly setups: readonly CacheSetup[];
  readonly namespace: string | undefined;
}

/** A Secret that may be written: its rules are kept, and its upstreams take it. */
export interface MadeSecret {
  readonly request: SecretDraftRequest;
  readonly draft: SecretDraft;
}

/** Finds the credential, checks it by the rules, tries it, and only then hands it over. Gives the exit code. */
export async function makeSecret(making: SecretMaking, hand: (made: MadeSecret) => Promise<void>): Promise<number> {
  const { flags, terminal, namespace } = making;
  const credential = await findCredential(making);
  const request = { ...flags, namespace, credential };
  const draft = draftSecret(request);
  for (const it of draft.errors) terminal.err(`error: ${it}\n`);
  for (const it of draft.warnings) terminal.err(`warning: ${it}\n`);
  if (draft.errors.length > 0) {
    terminal.err("error: the Secret would not work, nothing was written\n");
    return 1;
  }
  const refused = await tryCredential(making, credential);
  if (refused !== 0) return refused;
  await hand({ request, draft });
  terminal.flush();
  return 0;
}

async function findCredential({ flags, terminal, setups }: SecretMaking): Promise<SecretDraftRequest["credential"]> {
  const { source, name, username, upstream } = flags;
  if (source === undefined) {
    if (!terminal.canAsk())
      throw new CliError("must get the credential: --username NAME --password-stdin, or one of the --from flags");
    return askCredential({ subject: name, username });
  }
  const credential = await readCredentialSource(source, upstream?.upstream ?? setups[0]?.upstream);
  if (!credential.ok) throw new CliError(printable(credential.error));
  return credential.value;
}

/** Tries the credential and tells what speaks against it. Gives the exit code, 0 where nothing does. */
async function tryCredential(
  { flags, terminal, setups }: SecretMaking,
  credential: SecretDraftRequest["credential"],
): Promise<number> {
  const { repository, proxy, caFile, timeoutMilliseconds } = flags;
  const how = { repository, proxy, caFile, timeoutMilliseconds, now: Math.floor(Date.now() / 1000) };
  const probed = await probeCredential(how, setups, credential);
  if (!probed.ok) throw new CliError(printable(probed.error));
  return tellRefused(terminal, probed.value, "nothing was written; --skip-probe writes it untried");
}
