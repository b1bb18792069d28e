import { CliError } from "./cli-error.ts";
import { openPrompt } from "./host/prompt.ts";
import { printable } from "./print/printable.ts";

/** What a person is asked for: for what, and what is known. */
export interface CredentialQuestion {
  /** What the credential is for, such as the name of a Secret. */
  readonly subject: string;
  readonly username: string | undefined;
}

/** Asks a person on the terminal for a username and a password, which is not shown. */
export async function askCredential({
  subject,
  username,
}: CredentialQuestion): Promise<{ readonly username: string; readonly password: string }> {
  const prompt = openPrompt();
  try {
    const name = username ?? (await prompt.ask(`Username for ${printable(subject)}: `));
    if (!name) throw new CliError("no username was given, nothing was written");
    const password = await prompt.ask(`Password for ${printable(name)}, which is not shown: `, { hidden: true });
    if (!password) throw new CliError("no password was given, nothing was written");
    return { username: name, password };
  } finally {
    prompt.close();
  }
}
