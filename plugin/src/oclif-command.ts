import { Args, Command } from "@oclif/core";
import type { CommandName, CommandSpec } from "./flag-table.ts";
import { toOclifFlags } from "./oclif-flags.ts";
import { runCommand } from "./run-command.ts";

/** A command of the table as oclif wants it. */
export function toOclifCommand(name: CommandName, spec: CommandSpec): typeof Command {
  const { summary, description = "", examples, flags, argument } = spec;
  return class TableCommand extends Command {
    static override summary = summary;
    static override description = description;
    static override examples = examples.map((it) => `<%= config.bin %> ${it}`);
    // oclif has no argument that may be repeated, but then it takes any words.
    static override strict = argument?.repeatable !== true;
    static override flags = toOclifFlags(flags);
    // Whether it must be there is for the command to say: then all ways to it say the same.
    static override args = argument
      ? { [argument.name]: Args.string({ description: argument.summary, ignoreStdin: true }) }
      : {};

    override async run(): Promise<void> {
      const parsed = await this.parse(TableCommand);
      const words = parsed.argv.filter((it) => typeof it === "string");
      const line = { flags: parsed.flags, argument: words[0], words };
      process.exitCode = await runCommand(name, line);
    }
  };
}
