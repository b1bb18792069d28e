import { CliError } from "./cli-error.ts";
import type { CommandLine, FlagValues } from "./command-line.ts";
import { type Shell, shells } from "./flag-table.ts";

/** The flags of `lint`. */
export interface LintFlags {
  readonly names: readonly string[];
  readonly recursive: boolean;
  readonly fix: boolean;
  readonly diff: boolean;
  readonly against: string | undefined;
  readonly output: "text" | "json";
  readonly quiet: boolean;
  readonly maxWarnings: number;
  /** Undefined where it is left to the terminal. */
  readonly color: boolean | undefined;
}

/** Reads the flags of `lint`, and refuses those that do not go together. */
export function readLintFlags(values: FlagValues): LintFlags {
  const { filename, against, color, "max-warnings": maxWarnings } = values;
  const flags: LintFlags = {
    names: Array.isArray(filename) ? filename.filter((it) => typeof it === "string") : [],
    recursive: values["recursive"] === true,
    fix: values["fix"] === true,
    diff: values["diff"] === true,
    against: typeof against === "string" ? against : undefined,
    output: readOutput(values),
    quiet: values["quiet"] === true,
    maxWarnings: typeof maxWarnings === "string" ? readCount(maxWarnings, "max-warnings") : Number.POSITIVE_INFINITY,
    color: typeof color === "boolean" ? color : undefined,
  };
  const refusal = findRefusal(flags);
  if (refusal !== undefined) throw new CliError(refusal);
  return flags;
}

/** What `explain` is asked. */
export interface ExplainFlags {
  readonly topic: string;
  readonly output: "text" | "json";
  readonly recursive: boolean;
}

/** Reads the command line of `explain`. */
export function readExplainFlags({ argument: topic, flags }: CommandLine): ExplainFlags {
  if (topic === undefined) throw new CliError("must name what to explain, for example RC201, shoot or spec.resources");
  return { topic, output: readOutput(flags), recursive: flags["recursive"] === true };
}

/** Reads the shell that `completion` is for. */
export function readShell({ argument: shell }: CommandLine): Shell {
  const known = shells.find((it) => it === shell);
  const choice = `${shells.slice(0, -1).join(", ")} or ${shells.at(-1)}`;
  if (known === undefined) throw new CliError(`must name the shell: ${choice}${shell ? `, not "${shell}"` : ""}`);
  return known;
}

/** Reads `-o`. */
export function readOutput({ output }: FlagValues): "text" | "json" {
  return output === "json" ? "json" : "text";
}

function readCount(text: string, flag: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new CliError(`--${flag} takes a whole number, not "${text}"`);
  return Number(text);
}

function findRefusal({ names, fix, diff, against, output }: LintFlags): string | undefined {
  if (names.length === 0) return "must specify -f with a file, a directory or - for standard input";
  if (names.includes("")) return "-f takes a file, a directory or -, not an empty name";
  const stdin = names.includes("-");
  if (fix && stdin) return "--fix cannot write to standard input, use --diff or name the file";
  if (diff && output === "json") return "--diff and -o json do not go together, the fixes are in the JSON";
  if (against === "-") return "--against takes a file, a directory or git:REV, not standard input";
  if (against === "") return "--against takes a file, a directory or git:REV, not an empty name";
  if (against === "git:") return "--against git: lacks the revision, for example git:HEAD";
  if (stdin && against?.startsWith("git:")) return "--against git:REV needs files, standard input has no history";
  return undefined;
}
