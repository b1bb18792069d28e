import type { RemoteChange } from "@registry-cache/core";
import type { SealingOptions, SecretSource } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { CommandLine, FlagValues } from "./command-line.ts";
import { readText } from "./probe-flags.ts";
import { sourceFlags } from "./registry-flags.ts";
import { readWriteFlags, type WriteFlags } from "./rotate-flags.ts";
import { givesLogin, readSecretSource } from "./secret-source.ts";

/** Where the new values come from, and how they are written. */
export interface RotateFlags extends WriteFlags {
  /** Go on with what is there, and ask for nothing. */
  readonly resume: boolean;
  readonly username: string | undefined;
  readonly passwordStdin: boolean;
  readonly caBundle: string | undefined;
  readonly source: SecretSource | undefined;
  readonly empty: boolean;
  readonly skipProbe: boolean;
  readonly sealing: SealingOptions;
  readonly remote: RemoteChange | undefined;
}

/** Reads the command line of `rotate -f`, and refuses what does not go together. */
export function readRotateFlags(line: CommandLine): RotateFlags {
  const { flags } = line;
  const read: RotateFlags = {
    ...readWriteFlags(line),
    resume: false,
    username: readText(flags, "username"),
    passwordStdin: flags["password-stdin"] === true,
    caBundle: readText(flags, "ca-bundle"),
    source: readSecretSource(flags),
    // Who answers yes to everything and names no values fills them in later.
    empty: flags["empty"] === true || (flags["yes"] === true && !valueFlags.some((it) => flags[it] !== undefined)),
    skipProbe: flags["skip-probe"] === true,
    sealing: readSealing(flags),
    remote: readRemote(flags),
  };
  const refusal = findRefusal(read, flags["empty"] === true);
  if (refusal !== undefined) throw new CliError(refusal);
  return read;
}

/** Reads the command line of `rotate resume -f`. */
export function readResumeFlags(line: CommandLine): RotateFlags {
  return {
    ...readWriteFlags(line),
    resume: true,
    username: undefined,
    passwordStdin: false,
    caBundle: undefined,
    source: undefined,
    empty: false,
    skipProbe: line.flags["skip-probe"] === true,
    sealing: readSealing({}),
    remote: undefined,
  };
}

/** The flags that say what the new Secret holds. */
const valueFlags = ["username", "password-stdin", "ca-bundle", ...sourceFlags.map((it) => it.name)];

function readSealing(flags: FlagValues): SealingOptions {
  const [name, namespace] = ["name", "namespace"].map((it) => readText(flags, `seal-controller-${it}`));
  return { certificate: readText(flags, "seal-cert"), controller: { name, namespace } };
}

function readRemote(flags: FlagValues): RemoteChange | undefined {
  const given = flags["remote-key"];
  const keys = Array.isArray(given) ? given.filter((it) => typeof it === "string") : [];
  const version = readText(flags, "remote-version");
  const unchanged = flags["remote-unchanged"] === true;
  if (keys.includes("")) throw new CliError("--remote-key takes a value, not an empty one");
  if (unchanged && (keys.length > 0 || version !== undefined))
    throw new CliError("--remote-unchanged and --remote-key or --remote-version do not go together");
  return unchanged || keys.length > 0 || version !== undefined ? { keys, version, unchanged } : undefined;
}

function findRefusal(read: RotateFlags, empty: boolean): string | undefined {
  const { caBundle, source, commit } = read;
  const credential = givesLogin(read, source);
  if (empty && (credential || caBundle !== undefined || source !== undefined))
    return "--empty and values for the new Secret do not go together";
  if (empty && commit) return "--empty and --commit do not go together: what has no values yet must not be deployed";
  if (credential && caBundle !== undefined) return "a Secret holds a credential or a CA bundle, not both";
  if (source !== undefined && (credential || caBundle !== undefined)) return "the values can come from one place only";
  return undefined;
}
