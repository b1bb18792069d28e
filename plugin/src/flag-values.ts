import { CliError } from "./cli-error.ts";
import type { CommandLine, FlagValues } from "./command-line.ts";
import { type GardenFlags, readGardenFlags } from "./garden-flags.ts";
import { type Shell, shells } from "./helper-flags.ts";
import { findLiveRefusal } from "./live-lint-refusal.ts";

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
  /** Codes, names or beginnings of codes, not yet known to be any. */
  readonly select: readonly string[];
  readonly ignore: readonly string[];
  readonly baseline: string | undefined;
  readonly updateBaseline: boolean;
  /** Undefined where it is left to the terminal. */
  readonly color: boolean | undefined;
  /** A context or file with the schema of a garden. */
  readonly gardenSchema: string | undefined;
  /** Where contexts are looked for. */
  readonly kubeconfig: string | undefined;
  /** How the garden takes part; undefined where it does not. */
  readonly live: LiveLintFlags | undefined;
}

/** How a garden takes part in a check. */
export interface LiveLintFlags {
  readonly serverDryRun: boolean;
  /** The names of live Shoots. */
  readonly shoots: readonly string[];
  readonly garden: GardenFlags;
}

/** Reads the command line of `lint`, and refuses what does not go together. */
export function readLintFlags({ flags: values, words }: CommandLine): LintFlags {
  const { against, baseline, color, "max-warnings": maxWarnings } = values;
  const flags: LintFlags = {
    names: readTexts(values["filename"]),
    recursive: values["recursive"] === true,
    fix: values["fix"] === true,
    diff: values["diff"] === true,
    against: typeof against === "string" ? against : undefined,
    output: lintOutputs.find((it) => it === values["output"]) ?? "text",
    quiet: values["quiet"] === true,
    maxWarnings: typeof maxWarnings === "string" ? readCount(maxWarnings, "max-warnings") : Number.POSITIVE_INFINITY,
    select: readList(values["select"]),
    ignore: readList(values["ignore"]),
    baseline: typeof baseline === "string" ? baseline : undefined,
    updateBaseline: values["update-baseline"] === true,
    color: typeof color === "boolean" ? color : undefined,
    gardenSchema: readName(values, "garden-schema"),
    kubeconfig: readName(values, "kubeconfig"),
    live: readLive(values, words),
  };
  const refusal = findLiveRefusal(flags, values, words) ?? findRefusal(flags);
  if (refusal !== undefined) throw new CliError(refusal);
  return flags;
}

/** What `explain` is asked. */
export interface ExplainFlags {
  readonly topic: string;
  readonly output: "text" | "json";
  readonly recursive: boolean;
  readonly gardenSchema: string | undefined;
}

/** Reads the command line of `explain`. */
export function readExplainFlags({ argument: topic, flags }: CommandLine): ExplainFlags {
  if (topic === undefined) throw new CliError("must name what to explain, for example RC201, shoot or spec.resources");
  return {
    topic,
    output: readOutput(flags),
    recursive: flags["recursive"] === true,
    gardenSchema: readName(flags, "garden-schema"),
  };
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

function readName(values: FlagValues, flag: string): string | undefined {
  const value = values[flag];
  return typeof value === "string" ? value : undefined;
}

function readTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((it) => typeof it === "string") : [];
}

function readList(value: unknown): readonly string[] {
  return readTexts(value).flatMap((it) => it.split(",").map((word) => word.trim()));
}

function readCount(text: string, flag: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new CliError(`--${flag} takes a whole number, not "${text}"`);
  return Number(text);
}

function readLive(values: FlagValues, shoots: readonly string[]): LiveLintFlags | undefined {
  if (values["live"] !== true) return undefined;
  return { serverDryRun: values["server-dry-run"] === true, shoots, garden: readGardenFlags(values) };
}

function findRefusal({
  names,
  fix,
  diff,
  against,
  output,
  baseline,
  updateBaseline,
  live,
}: LintFlags): string | undefined {
  if (names.length === 0 && live === undefined)
    return "must specify -f with a file, a directory or - for standard input";
  if (names.includes("")) return "-f takes a file, a directory or -, not an empty name";
  const stdin = names.includes("-");
  if (fix && stdin) return "--fix cannot write to standard input, use --diff or name the file";
  if (diff && output === "json") return "--diff and -o json do not go together, the fixes are in the JSON";
  if (diff && output !== "text") return `--diff and -o ${output} do not go together`;
  if (against === "-") return "--against takes a file, a directory or git:REV, not standard input";
  if (against === "") return "--against takes a file, a directory or git:REV, not an empty name";
  if (against === "git:") return "--against git: lacks the revision, for example git:HEAD";
  if (stdin && against?.startsWith("git:")) return "--against git:REV needs files, standard input has no history";
  if (baseline === "" || (updateBaseline && baseline === undefined)) return "--baseline takes the name of a file";
  if (updateBaseline && diff && !fix) return "--update-baseline and --diff do not go together";
  return undefined;
}
