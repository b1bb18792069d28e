import { CliError } from "./cli-error.ts";
import type { CommandLine } from "./command-line.ts";
import { readOutput } from "./flag-values.ts";

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
  /** Undefined where it is left to the terminal. */
  readonly color: boolean | undefined;
}

/** Where the new values come from. */
export interface RotateFlags extends WriteFlags {
  readonly username: string | undefined;
  readonly passwordStdin: boolean;
  readonly caBundle: string | undefined;
  readonly empty: boolean;
}

/** Reads the command line of `rotate status`, and what all commands of a rotation share. */
export function readWhereFlags({ flags, argument }: CommandLine): WhereFlags {
  const names = Array.isArray(flags["filename"]) ? flags["filename"].filter((it) => typeof it === "string") : [];
  if (names.length === 0) throw new CliError("must specify -f with a directory or file that holds Shoots and Secrets");
  if (names.includes("")) throw new CliError("-f takes a file or a directory, not an empty name");
  if (names.includes("-"))
    throw new CliError("-f takes a file or a directory here, standard input cannot be written to");
  if (argument === undefined) throw new CliError("must name the Secret to be replaced, for example ro-quay-v1");
  const namespace = readText(flags["namespace"]);
  if (namespace === "") throw new CliError("-n takes the name of a namespace, not an empty one");
  return { names, secret: { name: argument, namespace }, output: readOutput(flags) };
}

/** Reads the command line of `rotate finish`. */
export function readWriteFlags(line: CommandLine): WriteFlags {
  const { yes, diff, color, "dry-run": dryRun } = line.flags;
  const where = readWhereFlags(line);
  if (diff === true && where.output === "json") throw new CliError("--diff and -o json do not go together");
  return {
    ...where,
    yes: yes === true,
    dryRun: dryRun === true,
    diff: diff === true,
    color: typeof color === "boolean" ? color : undefined,
  };
}

/** Reads the command line of `rotate`, and refuses what does not go together. */
export function readRotateFlags(line: CommandLine): RotateFlags {
  const flags: RotateFlags = {
    ...readWriteFlags(line),
    username: readText(line.flags["username"]),
    passwordStdin: line.flags["password-stdin"] === true,
    caBundle: readText(line.flags["ca-bundle"]),
    empty: line.flags["empty"] === true,
  };
  const refusal = findRefusal(flags);
  if (refusal !== undefined) throw new CliError(refusal);
  return flags;
}

function findRefusal({ username, passwordStdin, caBundle, empty }: RotateFlags): string | undefined {
  const credential = username !== undefined || passwordStdin;
  if (username === "") return "--username takes a name, not an empty one";
  if (caBundle === "") return "--ca-bundle takes the name of a file, not an empty one";
  if (empty && (credential || caBundle !== undefined))
    return "--empty and values for the new Secret do not go together";
  if (credential && caBundle !== undefined) return "a Secret holds a credential or a CA bundle, not both";
  if (passwordStdin && username === undefined)
    return "--password-stdin needs --username, nothing is copied from the old Secret";
  return undefined;
}

function readText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
