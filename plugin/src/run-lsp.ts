import { CliError } from "./cli-error.ts";
import { compileLate } from "./compile-late.ts";
import { isTerminal } from "./host/standard-streams.ts";

/** Serves an editor until it leaves, which ends the program. */
export async function runLsp(): Promise<number> {
  if (isTerminal(0))
    throw new CliError("lsp talks to an editor, not to a terminal; name this command in the editor's settings");
  // Before the server is loaded, which takes half of what there is to save.
  const compiler = compileLate();
  const { serveLsp } = await import("./serve-lsp.ts");
  return serveLsp(compiler);
}
