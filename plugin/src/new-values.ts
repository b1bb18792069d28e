import type { FileRotation, NewValues } from "@registry-cache/core";
import { readBundle, readPassword } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import { openPrompt } from "./host/prompt.ts";
import { isTerminal } from "./host/standard-streams.ts";
import { printable } from "./print/printable.ts";
import type { Terminal } from "./print/terminal.ts";
import type { RotateFlags } from "./rotate-flags.ts";

/** The values that the command line gives for the new Secret; undefined where they are to be asked for, or left empty. */
export function givenValues({ username, passwordStdin, caBundle }: RotateFlags): NewValues | undefined {
  if (caBundle !== undefined) return { purpose: "ca-bundle", bundle: bundleOf(caBundle) };
  if (!passwordStdin || username === undefined) return undefined;
  return { purpose: "credentials", username, password: passwordOf() };
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
  const prompt = openPrompt();
  try {
    const name = username ?? (await prompt.ask(`Username for ${printable(to)}: `));
    if (!name) throw new CliError("no username was given, nothing was written");
    const password = await prompt.ask(`Password for ${printable(name)}, which is not shown: `, { hidden: true });
    if (!password) throw new CliError("no password was given, nothing was written");
    return { purpose, username: name, password };
  } finally {
    prompt.close();
  }
}

function passwordOf(): string {
  if (isTerminal(0)) throw new CliError("--password-stdin reads from a pipe or a file, leave it out to be asked");
  const password = readPassword();
  if (!password.ok) throw new CliError(`--password-stdin: ${password.error}`);
  return password.value;
}

function bundleOf(path: string): string {
  const bundle = readBundle(path);
  if (!bundle.ok) throw new CliError(`--ca-bundle: ${printable(path)}: ${bundle.error}`);
  return bundle.value;
}
