import { Config, run } from "@oclif/core";
import { plainArguments } from "./arguments.ts";
import Lint from "./commands/lint.ts";
import Rules from "./commands/rules.ts";
import { commandSpecs } from "./flag-table.ts";
import { toCliError } from "./oclif-errors.ts";
import { version } from "./version.ts";

/** The commands by name. oclif loads this table from the bundle itself. */
export const commands = { lint: Lint, rules: Rules };

/** Where the program lies: oclif looks its commands up in the program's own file. */
export interface Program {
  readonly directory: string;
  readonly file: string;
}

/** Runs a command line with oclif: its help, or the command that it begins with. */
export async function runOclif(argv: readonly string[], program: Program): Promise<void> {
  const config = await loadConfig(program);
  const [id = "", ...rest] = argv;
  const spec = commandSpecs.find((it) => it.name === id);
  const dashes = rest.indexOf("--");
  const flags = dashes === -1 ? argv : argv.slice(0, dashes + 1);
  try {
    if (flags.length === 0 || flags.includes("--help") || flags.includes("-h")) await run([...flags], config);
    else await config.runCommand(id, spec ? [...plainArguments(rest, spec)] : rest);
  } catch (error) {
    throw toCliError(error, argv);
  }
}

function loadConfig({ directory, file }: Program): Promise<Config> {
  return Config.load({
    root: directory,
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
        description: "Check Shoot manifests that use Gardener's registry cache.",
        commands: { strategy: "explicit", target: `./${file}`, identifier: "commands" },
      },
    },
  });
}
