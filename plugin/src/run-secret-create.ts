import {
  draftSecret,
  probeCredential,
  readCredentialSource,
  renderFacts,
  type SecretDraft,
  type SecretDraftRequest,
  sealSecret,
  writeSecret,
} from "@registry-cache/operations";
import { askCredential } from "./ask-credential.ts";
import { CliError } from "./cli-error.ts";
import type { CommandLine } from "./command-line.ts";
import { createPaint } from "./print/paint.ts";
import { printable } from "./print/printable.ts";
import { openTerminal, type Terminal } from "./print/terminal.ts";
import { readSecretCreateFlags, type SecretCreateFlags } from "./secret-flags.ts";

/** Runs `secret create`: makes the manifest of a Secret whose credential was tried. Gives the exit code. */
export async function runSecretCreate(line: CommandLine): Promise<number> {
  const flags = readSecretCreateFlags(line);
  const terminal = openTerminal();
  const credential = await findCredential(flags, terminal);
  const request = { ...flags, credential };
  const draft = draftSecret(request);
  for (const it of draft.errors) terminal.err(`error: ${it}\n`);
  for (const it of draft.warnings) terminal.err(`warning: ${it}\n`);
  if (draft.errors.length > 0) {
    terminal.err("error: the Secret would not work, nothing was written\n");
    return 1;
  }
  const refused =
    flags.skipProbe || flags.upstream === undefined ? 0 : await tryCredential(flags, flags.upstream, request);
  return refused === 0 ? hand(terminal, flags, request, draft) : refused;
}

async function findCredential(
  flags: SecretCreateFlags,
  { canAsk }: Terminal,
): Promise<SecretDraftRequest["credential"]> {
  if (flags.source === undefined) {
    if (!canAsk())
      throw new CliError("must get the credential: --username NAME --password-stdin, or one of the --from flags");
    return askCredential({ subject: flags.name, username: flags.username });
  }
  const credential = await readCredentialSource(flags.source, flags.upstream?.upstream);
  if (!credential.ok) throw new CliError(printable(credential.error));
  return credential.value;
}

/** Tries the credential and tells what speaks against it. Gives the exit code, 0 where nothing does. */
async function tryCredential(
  flags: SecretCreateFlags,
  upstream: NonNullable<SecretCreateFlags["upstream"]>,
  { credential }: SecretDraftRequest,
): Promise<number> {
  const { repository, proxy, caFile, timeoutMilliseconds } = flags;
  const now = Math.floor(Date.now() / 1000);
  const probed = await probeCredential(
    { ...upstream, repository, proxy, caFile, timeoutMilliseconds, now },
    credential,
  );
  if (!probed.ok) throw new CliError(printable(probed.error));
  const { verdict, facts } = probed.value;
  if (verdict === "can-pull" || verdict === "unknown") return 0;
  const { err } = openTerminal();
  const against = facts.filter((it) => it.status === "no" || it.id === "measured-from");
  err(renderFacts(against, createPaint(false)));
  const reason =
    verdict === "unreachable"
      ? "the upstream cannot be reached from here"
      : "the cache would not be able to pull with it";
  err(`error: ${reason}, nothing was written; --skip-probe writes it untried\n`);
  return verdict === "unreachable" ? 3 : 1;
}

async function hand(
  terminal: Terminal,
  flags: SecretCreateFlags,
  request: SecretDraftRequest,
  draft: SecretDraft,
): Promise<number> {
  const { sealer, to, name, format } = flags;
  const sealed =
    sealer === undefined ? { ok: true as const, value: draft.manifest } : sealSecret(sealer, draft, request);
  if (!sealed.ok) throw new CliError(printable(sealed.error));
  if (to === undefined) terminal.out(sealed.value);
  else {
    const written = await writeSecret(to, `${name}.${format}`, sealed.value);
    if (!written.ok) throw new CliError(printable(written.error));
    terminal.out(`${printable(written.value)} written\n`);
  }
  terminal.flush();
  return 0;
}
