import { setFlagsFromString } from "node:v8";
import { CliError } from "./cli-error.ts";
import { isTerminal } from "./host/standard-streams.ts";

/** Serves an editor until it leaves, which ends the program. */
export async function runLsp(): Promise<number> {
  if (isTerminal(0))
    throw new CliError("lsp talks to an editor, not to a terminal; name this command in the editor's settings");
  // Before the server is loaded, which takes half of what there is to save.
  staySmall();
  const { serveLsp } = await import("./serve-lsp.ts");
  return serveLsp();
}

/**
 * While somebody types, V8's compilers take megabytes and a core for functions that take a millisecond as they are. So it gets to
 * optimize what runs very often, such as the reading of thousands of files, and that by the smaller of its two. What lives longer
 * than a keystroke is little, so the space for the rest need not grow.
 */
function staySmall(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  // Node 20 has one compiler alone, and prints an error for a flag that it does not know.
  if (Number.parseInt(process.versions.v8, 10) < 12) return;
  setFlagsFromString("--invocation-count-for-maglev=1000");
  setFlagsFromString("--no-turbofan");
}
