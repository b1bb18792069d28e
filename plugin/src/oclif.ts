import { basename, dirname } from "node:path";
import { Config, run } from "@oclif/core";
import { plainArguments } from "./arguments.ts";
import { findCommand, topCommands } from "./find-command.ts";
import { commandSpecs, description } from "./flag-table.ts";
import { toOclifCommand } from "./oclif-command.ts";
import { toCliError } from "./oclif-errors.ts";
import { reportError } from "./report-error.ts";
import { version } from "./version.ts";

/**
 * The commands by name. oclif finds this table in the exports of this very file.
 * @public
 */
export const commands = Object.fromEntries(commandSpecs.map((it) => [toId(it.name), toOclifCommand(it.name, it)]));

/** Runs any command line with oclif, and tells what is wrong with it. */
export async function runFramework(argv: readonly string[]): Promise<void> {
  try {
    await runOclif(argv);
  } catch (error) {
    reportError(toCliError(error, argv));
  }
}

async function runOclif(argv: readonly string[]): Promise<void> {
  const config = await loadConfig();
  const [id = "", ...rest] = argv;
  const command = findCommand(argv);
  const dashes = argv.indexOf("--");
  const flags = dashes === -1 ? argv : argv.slice(0, dashes);
  if (flags.length === 0 || flags.includes("--help") || flags.includes("-h")) await run([...flags], config);
  else if (command === undefined) await config.runCommand(id, rest);
  else await config.runCommand(toId(command.spec.name), [...plainArguments(command.rest, command.spec)]);
}

/** oclif puts a colon between the words of a command. */
function toId(name: string): string {
  return name.replaceAll(" ", ":");
}

function loadConfig(): Promise<Config> {
  // It warns below Node 22, which it asks for and does not need: our tests run it with Node 20.
  process.env["OCLIF_DISABLE_ENGINE_WARNING"] = "1";
  return Config.load({
    root: dirname(__filename),
    ignoreManifest: true,
    userPlugins: false,
    devPlugins: false,
    pjson: {
      name: "kubectl-registry-cache",
      version,
      oclif: {
        bin: "kubectl registry-cache",
        dirname: "kubectl-registry-cache",
        topicSeparator: " ",
        additionalHelpFlags: ["-h"],
        description,
        // The commands of these names say what is below them.
        topics: Object.fromEntries(topCommands().map((it) => [it.name, { hidden: true }])),
        commands: { strategy: "explicit", target: `./${basename(__filename)}`, identifier: "commands" },
      },
    },
  });
}
