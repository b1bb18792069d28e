import { CliError } from "./cli-error.ts";

/** The flags of a command line by name, as a parser gives them. Absent ones are undefined. */
export interface FlagValues {
  readonly [name: string]: unknown;
}

const lintOutputs = ["text", "json", "sarif", "github", "gitlab", "junit"] as const;

/** The formats in which `lint` prints. */
export type LintOutput = (typeof lintOutputs)[number];

/** The flags of `lint`. */
export interface LintFlags {
  readonly names: readonly string[];
  readonly recursive: boolean;
  readonly fix: boolean;
  readonly diff: boolean;
  readonly against: string | undefined;
  readonly output: LintOutput;
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
    output: lintOutputs.find((it) => it === values["output"]) ?? "text",
    quiet: values["quiet"] === true,
    maxWarnings: typeof maxWarnings === "string" ? readCount(maxWarnings, "max-warnings") : Number.POSITIVE_INFINITY,
    color: typeof color === "boolean" ? color : undefined,
  };
  const refusal = findRefusal(flags);
  if (refusal !== undefined) throw new CliError(refusal);
  return flags;
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
  if (diff && output !== "text") return `--diff and -o ${output} do not go together`;
  if (against === "-") return "--against takes a file, a directory or git:REV, not standard input";
  if (against === "") return "--against takes a file, a directory or git:REV, not an empty name";
  if (against === "git:") return "--against git: lacks the revision, for example git:HEAD";
  if (stdin && against?.startsWith("git:")) return "--against git:REV needs files, standard input has no history";
  return undefined;
}
