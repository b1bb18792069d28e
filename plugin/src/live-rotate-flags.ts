import { parseDuration, type VerifyWish } from "@registry-cache/core";
import type { SecretSource, ShootRole } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { CommandLine, FlagValues } from "./command-line.ts";
import { fileFlags } from "./file-rotation-flags.ts";
import { readOutput } from "./flag-values.ts";
import { type GardenFlags, readGardenFlags } from "./garden-flags.ts";
import { readText } from "./probe-flags.ts";
import { givesLogin, readSecretSource } from "./secret-source.ts";
import { readPairs } from "./shoot-flags.ts";

/** What every command of a live rotation is told. */
export interface LiveRunFlags {
  readonly garden: GardenFlags;
  /** The old Secret; undefined where a Shoot names it. */
  readonly secret: string | undefined;
  readonly output: "text" | "json";
  readonly yes: boolean;
  readonly force: boolean;
  readonly wait: boolean;
  /** Milliseconds. */
  readonly timeout: number;
  readonly parallel: number;
  readonly triggerReconcile: boolean;
  readonly deleteOld: boolean;
  readonly verify: VerifyFlags;
}

/** How rolled-out Shoots are looked into. Who asks for it by name wants it done; nobody is stopped by the default. */
export interface VerifyFlags {
  readonly wish: VerifyWish;
  readonly as: ShootRole;
  readonly repositories: ReadonlyMap<string, string>;
}

/** The command line of `rotate` in a garden. */
export interface LiveRotateFlags extends LiveRunFlags {
  readonly shoot: string | undefined;
  readonly cache: string | undefined;
  readonly dryRun: boolean;
  readonly skipProbe: boolean;
  readonly graceText: string | undefined;
  readonly username: string | undefined;
  readonly passwordStdin: boolean;
  readonly caBundle: string | undefined;
  readonly source: SecretSource | undefined;
}

/** Reads what every command of a live rotation is told. */
function readLiveRunFlags({ flags, argument }: CommandLine): LiveRunFlags {
  const given = fileFlags.find((it) => flags[it.name] !== undefined);
  if (given !== undefined) throw new CliError(`--${given.name} is for manifests, name them with -f`);
  const read: LiveRunFlags = {
    garden: readGardenFlags(flags),
    secret: argument,
    output: readOutput(flags),
    yes: flags["yes"] === true,
    force: flags["force"] === true,
    wait: flags["wait"] !== false,
    timeout: readMilliseconds(flags, "timeout") ?? 3_600_000,
    parallel: readParallel(flags),
    triggerReconcile: flags["trigger-reconcile"] === true,
    deleteOld: flags["delete-old"] === true,
    verify: readVerify(flags),
  };
  const refusal = refuseHaste(read);
  if (refusal !== undefined) throw new CliError(refusal);
  return read;
}

/** What asks for a roll-out that nobody waits for. */
function refuseHaste({ wait, deleteOld, verify }: LiveRunFlags): string | undefined {
  if (wait) return undefined;
  if (deleteOld) return "--delete-old and --no-wait do not go together: what is not rolled out may be needed";
  return verify.wish === "must"
    ? "--verify and --no-wait do not go together: what is not rolled out shows nothing"
    : undefined;
}

function readVerify(flags: FlagValues): VerifyFlags {
  const asked = readText(flags, "verify");
  const repositories = readPairs(flags["repository"], "--repository takes UPSTREAM=NAME, for example quay.io=team/app");
  if (repositories.size > 0 && asked !== "admin") throw new CliError("--repository needs --verify admin");
  if (asked === "none") return { wish: "no", as: "viewer", repositories };
  return { wish: asked === undefined ? "try" : "must", as: asked === "admin" ? "admin" : "viewer", repositories };
}

/** The same where the Secret must be named. */
export function readNamedRunFlags(line: CommandLine): LiveRunFlags & { readonly secret: string } {
  const flags = readLiveRunFlags(line);
  const shown = ["dry-run", "diff", "skip-probe"].find((it) => line.flags[it] !== undefined);
  if (shown !== undefined)
    throw new CliError(
      `--${shown} is for manifests here, name them with -f; in the garden rotate status shows how far it is`,
    );
  if (flags.secret === undefined) throw new CliError("must name the Secret to be replaced, for example ro-quay-v1");
  return { ...flags, secret: flags.secret };
}

/** Reads the command line of `rotate` without files, and refuses what does not go together. */
export function readLiveRotateFlags(line: CommandLine): LiveRotateFlags {
  const { flags } = line;
  const graceText = readText(flags, "grace");
  readMilliseconds(flags, "grace");
  const read: LiveRotateFlags = {
    ...readLiveRunFlags(line),
    shoot: readText(flags, "shoot"),
    cache: readText(flags, "cache"),
    dryRun: flags["dry-run"] === true,
    skipProbe: flags["skip-probe"] === true,
    graceText,
    username: readText(flags, "username"),
    passwordStdin: flags["password-stdin"] === true,
    caBundle: readText(flags, "ca-bundle"),
    source: readSecretSource(flags),
  };
  const refusal = findRefusal(read, flags);
  if (refusal !== undefined) throw new CliError(refusal);
  return read;
}

function findRefusal(read: LiveRotateFlags, flags: FlagValues): string | undefined {
  const { secret, shoot, cache, source, caBundle } = read;
  const ways = [source !== undefined, givesLogin(read, source), caBundle !== undefined];
  if ((secret === undefined) === (shoot === undefined))
    return "must name either the Secret to be replaced, for example ro-quay-v1, or --shoot; or manifests with -f";
  if (cache !== undefined && shoot === undefined) return "--cache needs --shoot";
  if (ways.filter((it) => it).length > 1) return "the values can come from one place only";
  if (flags["empty"] === true) return "--empty is for manifests: an empty Secret in the garden would break the cache";
  return flags["diff"] === true ? "--diff is for manifests, --dry-run shows what would be done" : undefined;
}

function readMilliseconds(flags: FlagValues, name: string): number | undefined {
  const text = readText(flags, name);
  if (text === undefined) return undefined;
  const parsed = parseDuration(text);
  if (!parsed.ok || parsed.value < 0n)
    throw new CliError(`--${name} takes a duration such as 30m or 24h, not "${text}"`);
  return Number(parsed.value / 1_000_000n);
}

function readParallel(flags: FlagValues): number {
  const text = readText(flags, "parallel") ?? "5";
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new CliError(`--parallel takes a number of Shoots, not "${text}"`);
  return number;
}
