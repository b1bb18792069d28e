import { Command } from "@oclif/core";
import { commandTable } from "../flag-table.ts";
import { readLintFlags } from "../flag-values.ts";
import { toOclifFlags } from "../oclif-flags.ts";
import { runLint } from "../run-lint.ts";

const { summary, description = "", examples, flags } = commandTable.lint;

/** `kubectl registry-cache lint`. */
export default class Lint extends Command {
  static override summary = summary;
  static override description = description;
  static override examples = examples.map((it) => `<%= config.bin %> ${it}`);
  static override flags = toOclifFlags(flags);

  override async run(): Promise<void> {
    const parsed = await this.parse(Lint);
    process.exitCode = await runLint(readLintFlags(parsed.flags));
  }
}
