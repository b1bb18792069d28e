import type { FileRotation, NewValues } from "@registry-cache/core";
import { readBundle, readCredentialSource } from "@registry-cache/operations";
import { askCredential } from "./ask-credential.ts";
import { CliError } from "./cli-error.ts";
import type { RotateFlags } from "./file-rotate-flags.ts";
import { readPasswordFlag } from "./password-flag.ts";
import { printable } from "./print/printable.ts";
import type { Terminal } from "./print/terminal.ts";
import type { RotationRun } from "./write-plan.ts";

/** The values that the command line gives for the new Secret; undefined where they are to be asked for, or left empty. */
export async function givenValues(
  { username, passwordStdin, caBundle, source, secret }: RotateFlags,
  { rotation, terminal }: Pick<RotationRun, "rotation" | "terminal">,
): Promise<NewValues | undefined> {
  if (source !== undefined) {
    const [cache] = rotation.setupsOf({ from: secret.name, to: secret.name, namespace: secret.namespace });
    // Without a cache of the Secret the plan says what is wrong.
    if (cache === undefined) return undefined;
    const credential = await readCredentialSource(source, cache.upstream);
    if (!credential.ok) throw new CliError(printable(credential.error));
    return { purpose: "credentials", ...credential.value };
  }
  if (caBundle !== undefined) return { purpose: "ca-bundle", bundle: bundleOf(caBundle) };
  if (!passwordStdin) return undefined;
  const kept = username ?? rotation.oldUsername();
  if (kept === undefined) {
    const name = printable(secret.name);
    throw new CliError(`the username of Secret "${name}" cannot be read from its manifest, give one with --username`);
  }
  const password = readPasswordFlag();
  if (username === undefined) terminal.err(`note: the username of Secret "${printable(secret.name)}" is kept\n`);
  return { purpose: "credentials", username: kept, password };
}

/** Asks a person for what the command line does not give. Where nobody can be asked, says what is missing. */
export async function askForValues(
  { purpose, to }: FileRotation,
  { username }: RotateFlags,
  { canAsk }: Terminal,
): Promise<NewValues> {
  if (purpose === "ca-bundle")
    throw new CliError("must get the new CA bundle: --ca-bundle FILE, or --empty to fill it in by hand");
  if (!canAsk()) {
    throw new CliError(
      "must get the new credential: --username NAME --password-stdin, one of the --from flags, or --empty to fill it in by hand",
    );
  }
  return { purpose, ...(await askCredential({ subject: to, username })) };
}

function bundleOf(path: string): string {
  const bundle = readBundle(path);
  if (!bundle.ok) throw new CliError(`--ca-bundle: ${printable(path)}: ${bundle.error}`);
  return bundle.value;
}
