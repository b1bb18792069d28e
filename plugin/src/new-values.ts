import type { FileRotation, NewValues } from "@registry-cache/core";
import { readBundle } from "@registry-cache/operations";
import { askCredential } from "./ask-credential.ts";
import { CliError } from "./cli-error.ts";
import { readPasswordFlag } from "./password-flag.ts";
import { printable } from "./print/printable.ts";
import type { Terminal } from "./print/terminal.ts";
import type { RotateFlags } from "./rotate-flags.ts";

/** The values that the command line gives for the new Secret; undefined where they are to be asked for, or left empty. */
export function givenValues({ username, passwordStdin, caBundle }: RotateFlags): NewValues | undefined {
  if (caBundle !== undefined) return { purpose: "ca-bundle", bundle: bundleOf(caBundle) };
  if (!passwordStdin || username === undefined) return undefined;
  return { purpose: "credentials", username, password: readPasswordFlag() };
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
      "must get the new credential: --username NAME --password-stdin, or --empty to fill it in by hand",
    );
  }
  return { purpose, ...(await askCredential({ subject: to, username })) };
}

function bundleOf(path: string): string {
  const bundle = readBundle(path);
  if (!bundle.ok) throw new CliError(`--ca-bundle: ${printable(path)}: ${bundle.error}`);
  return bundle.value;
}
