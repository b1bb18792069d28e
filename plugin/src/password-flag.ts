import { readPassword } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import { isTerminal } from "./host/standard-streams.ts";

/** Reads the password of `--password-stdin`. */
export function readPasswordFlag(): string {
  if (isTerminal(0)) throw new CliError("--password-stdin reads from a pipe or a file, leave it out to be asked");
  const password = readPassword();
  if (!password.ok) throw new CliError(`--password-stdin: ${password.error}`);
  return password.value;
}
