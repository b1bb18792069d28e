import { basename, dirname } from "node:path";
import { CliError, didYouMean } from "./cli-error.ts";
import { commandSpecs } from "./flag-table.ts";
import { openTerminal } from "./print/terminal.ts";
import { version } from "./version.ts";

/** The commands by name, filled when the framework is needed: oclif looks them up in the exports of its program. */
export const commands: { [name: string]: unknown } = {};

const terminal = openTerminal();

main(process.argv.slice(2)).catch((error: unknown) => {
  process.exitCode = error instanceof CliError ? error.exit : 2;
  terminal.err(`error: ${describe(error)}\n`);
});

async function main(argv: readonly string[]): Promise<void> {
  const [first = "", ...rest] = argv;
  if (first === "--version" || first === "version") return printVersion();
  if (first === "help") return main([...rest.slice(0, 1), "--help"]);
  const known = commandSpecs.map((it) => it.name);
  if (first.startsWith("-") && first !== "--help" && first !== "-h") {
    throw new CliError(
      `unknown flag ${first}${didYouMean(first, ["--help", "--version"]) || ", flags follow the command"}`,
    );
  }
  if (first !== "" && !first.startsWith("-") && !known.includes(first)) {
    const hint = didYouMean(first, known) || `, known are ${known.join(" and ")}`;
    throw new CliError(`unknown command "${first}"${hint}`);
  }
  // It warns below Node 22, which it asks for and does not need: our tests run it with Node 20.
  process.env["OCLIF_DISABLE_ENGINE_WARNING"] = "1";
  const framework = await import("./oclif.ts");
  Object.assign(commands, framework.commands);
  await framework.runOclif(argv, { directory: dirname(__filename), file: basename(__filename) });
}

function printVersion(): void {
  terminal.out(`kubectl registry-cache ${version}\n`);
  terminal.flush();
}

/** What nobody foresaw is our mistake: its stack helps whoever reads the report. */
function describe(error: unknown): string {
  if (error instanceof CliError) return error.message;
  const detail = process.env["DEBUG"] ? `\n${error instanceof Error ? error.stack : error}` : ", DEBUG=1 shows where";
  return `unexpected: ${error instanceof Error ? error.message : String(error)}${detail}`;
}
