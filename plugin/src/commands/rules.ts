import { Command } from "@oclif/core";
import { commandTable } from "../flag-table.ts";
import { readOutput } from "../flag-values.ts";
import { toOclifFlags } from "../oclif-flags.ts";
import { runRules } from "../run-rules.ts";

const { summary, examples, flags } = commandTable.rules;

/** `kubectl registry-cache rules`. */
export default class Rules extends Command {
  static override summary = summary;
  static override examples = examples.map((it) => `<%= config.bin %> ${it}`);
  static override flags = toOclifFlags(flags);

  override async run(): Promise<void> {
    const parsed = await this.parse(Rules);
    runRules(readOutput(parsed.flags));
  }
}
