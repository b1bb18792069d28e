import { Errors } from "@oclif/core";
import { CliError, didYouMean, isCliError } from "./cli-error.ts";
import { findCommand } from "./find-command.ts";
import type { CommandSpec } from "./flag-table.ts";

/** Says in our words what oclif found wrong with a command line; what is none of its errors is passed on. */
export function toCliError(error: unknown, argv: readonly string[]): unknown {
  if (isCliError(error) || !(error instanceof Errors.CLIError)) return error;
  const spec = findCommand(argv)?.spec;
  const help = `see "kubectl registry-cache${spec ? ` ${spec.name}` : ""} --help"`;
  if ("flags" in error && Array.isArray(error.flags)) return unknownFlag(String(error.flags[0]), spec, help);
  if ("args" in error && Array.isArray(error.args)) {
    const hint = spec?.flags.some((it) => it.name === "filename") ? `files are named with -f, ${help}` : help;
    return new CliError(`unexpected argument "${String(error.args[0])}", ${hint}`);
  }
  const [line = ""] = error.message.split("\n");
  return new CliError(`${line.charAt(0).toLowerCase()}${line.slice(1)}, ${help}`);
}

function unknownFlag(flag: string, spec: CommandSpec | undefined, help: string): CliError {
  const [name = flag] = flag.split("=");
  const known = (spec?.flags ?? []).flatMap((it) => [`--${it.name}`, ...(it.negatable ? [`--no-${it.name}`] : [])]);
  const meant = name.startsWith("--") ? didYouMean(name, known) : "";
  return new CliError(`unknown flag ${name}${meant || `, ${help}`}`);
}
