import { CliError } from "./cli-error.ts";
import type { CommandLine } from "./command-line.ts";
import { readOutput } from "./flag-values.ts";
import { connectionFlags } from "./live-flags.ts";
import { liveRotateFlags, liveRunFlags } from "./live-rotation-flags.ts";

/** Which Secret, and where. */
export interface WhereFlags {
  readonly names: readonly string[];
  readonly secret: { readonly name: string; readonly namespace: string | undefined };
  readonly output: "text" | "json";
}

/** How files are written. */
export interface WriteFlags extends WhereFlags {
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly diff: boolean;
  /** One commit of what is written. */
  readonly commit: boolean;
  /** Undefined where it is left to the terminal. */
  readonly color: boolean | undefined;
}

/** Reads the command line of `rotate status`, and what all commands of a rotation share. */
export function readWhereFlags({ flags, argument }: CommandLine): WhereFlags {
  const names = Array.isArray(flags["filename"]) ? flags["filename"].filter((it) => typeof it === "string") : [];
  if (names.length === 0) throw new CliError("must specify -f with a directory or file that holds Shoots and Secrets");
  if (names.includes("")) throw new CliError("-f takes a file or a directory, not an empty name");
  if (names.includes("-"))
    throw new CliError("-f takes a file or a directory here, standard input cannot be written to");
  if (argument === undefined) throw new CliError("must name the Secret to be replaced, for example ro-quay-v1");
  const namespace = typeof flags["namespace"] === "string" ? flags["namespace"] : undefined;
  if (namespace === "") throw new CliError("-n takes the name of a namespace, not an empty one");
  return { names, secret: { name: argument, namespace }, output: readOutput(flags) };
}

/** Reads the command line of `rotate finish` and `rotate rollback`. */
export function readWriteFlags(line: CommandLine): WriteFlags {
  const { yes, diff, color, commit, "dry-run": dryRun } = line.flags;
  const where = readWhereFlags(line);
  refuseLiveFlags(line);
  if (diff === true && where.output === "json") throw new CliError("--diff and -o json do not go together");
  return {
    ...where,
    yes: yes === true,
    dryRun: dryRun === true,
    diff: diff === true,
    commit: commit === true,
    color: typeof color === "boolean" ? color : undefined,
  };
}

/** Flags that mean nothing for manifests are mistakes there. */
const liveFlags = [...liveRotateFlags, ...liveRunFlags, ...connectionFlags].map((it) => it.name);

function refuseLiveFlags({ flags }: CommandLine): void {
  const given = liveFlags.find((it) => it !== "skip-probe" && flags[it] !== undefined);
  if (given !== undefined) throw new CliError(`--${given} is for a rotation in the garden, leave out -f`);
}
