import { parseDuration, upstreamProblems, urlProblems } from "@registry-cache/core";
import type { ProbeCredential, ProbeTarget, SecretInFiles } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { CommandLine, FlagValues } from "./command-line.ts";
import { readOutput } from "./flag-values.ts";
import { type GardenFlags, readGardenFlags } from "./garden-flags.ts";
import { readPasswordFlag } from "./password-flag.ts";
import { refuseGardenFlags } from "./refuse-garden-flags.ts";

/** The flags that say how registries are asked. */
export interface HowFlags {
  readonly repository: string | undefined;
  readonly proxy: string | undefined;
  readonly caFile: string | undefined;
  readonly timeoutMilliseconds: number;
}

/** Caches of a Shoot of a garden. */
export interface ShootTarget {
  readonly kind: "shoot";
  readonly shoot: string;
  readonly cache: string | undefined;
}

/** A Secret: of files, or of the garden where none are named. */
export interface NamedSecret {
  readonly kind: "secret";
  readonly secret: string;
  readonly files: SecretInFiles | undefined;
}

/** The command line of `probe`. */
export interface ProbeFlags extends HowFlags {
  readonly target: ProbeTarget | ShootTarget;
  readonly credential: ProbeCredential | NamedSecret;
  readonly garden: GardenFlags;
  readonly output: "text" | "json";
  readonly color: boolean | undefined;
}

/** Reads the command line of `probe`, and refuses what does not go together. */
export function readProbeFlags({ flags, argument }: CommandLine): ProbeFlags {
  const target = readTarget(flags, argument);
  const { color } = flags;
  const ofGarden = target.kind === "shoot" || (flags["secret"] !== undefined && flags["filename"] === undefined);
  if (!ofGarden) refuseGardenFlags(flags, "name a Shoot or a Secret of it with --shoot or --secret");
  return {
    target,
    ...readHow(flags),
    output: readOutput(flags),
    color: typeof color === "boolean" ? color : undefined,
    garden: readGardenFlags(flags),
    // Last, since it may read standard input.
    credential: readCredential(flags, target),
  };
}

/** Reads how registries are to be asked. */
export function readHow(flags: FlagValues): HowFlags {
  const proxy = readText(flags, "proxy");
  const [problem] = proxy === undefined ? [] : urlProblems(proxy, { allowPath: false });
  if (problem !== undefined) throw new CliError(`--proxy: "${proxy}" ${problem}`);
  return {
    repository: readText(flags, "repository"),
    caFile: readText(flags, "ca-file"),
    proxy,
    timeoutMilliseconds: readTimeout(readText(flags, "timeout") ?? "15s"),
  };
}

/** The upstream that a word names: itself, or the URL of a registry. */
export function readUpstream(word: string): { readonly upstream: string; readonly remoteURL: string | undefined } {
  if (!word.includes("://")) {
    const [problem] = upstreamProblems(word);
    if (problem !== undefined) throw new CliError(`"${word}" is no upstream: ${problem}`);
    return { upstream: word, remoteURL: undefined };
  }
  const [problem] = urlProblems(word, { allowPath: false });
  if (problem !== undefined) throw new CliError(`"${word}" is no URL of a registry: ${problem}`);
  return { upstream: word.replace(/^\w+:\/\//, "").replace(/\/$/, ""), remoteURL: word };
}

/** The value of a flag with a text; an empty one is a mistake. */
export function readText(flags: FlagValues, name: string): string | undefined {
  const value = flags[name];
  if (value === "") throw new CliError(`--${name} takes a value, not an empty one`);
  return typeof value === "string" ? value : undefined;
}

/** Names of files that a repeatable flag gives. */
export function readNames(flags: FlagValues): readonly string[] {
  const names = Array.isArray(flags["filename"]) ? flags["filename"].filter((it) => typeof it === "string") : [];
  if (names.includes("")) throw new CliError("-f takes a file, a directory or -, not an empty name");
  return names;
}

function readTarget(flags: FlagValues, argument: string | undefined): ProbeFlags["target"] {
  const names = readNames(flags);
  const cache = readText(flags, "cache");
  const shoot = readText(flags, "shoot");
  const ofSecret = flags["secret"] !== undefined;
  if (shoot !== undefined && argument !== undefined)
    throw new CliError(`with --shoot the cache is named by --cache ${argument}`);
  if (argument !== undefined && names.length > 0 && !ofSecret)
    throw new CliError(`with -f the cache is named by --cache ${argument}`);
  if (argument !== undefined && cache !== undefined) throw new CliError("--cache needs a Shoot, by -f or --shoot");
  if (argument !== undefined) return { kind: "upstream", ...readUpstream(argument) };
  if (shoot !== undefined && names.length > 0 && !ofSecret)
    throw new CliError("-f and --shoot do not go together: the garden has the Shoot");
  if (shoot !== undefined) return { kind: "shoot", shoot, cache };
  if (names.length === 0)
    throw new CliError("must name an upstream, for example quay.io, or a Shoot with --shoot or -f");
  return { kind: "files", names, recursive: flags["recursive"] === true, cache };
}

function readCredential(flags: FlagValues, target: ProbeFlags["target"]): ProbeFlags["credential"] {
  const username = readText(flags, "username");
  const dockerConfig = readText(flags, "docker-config");
  const secret = readText(flags, "secret");
  const passwordStdin = flags["password-stdin"] === true;
  const ways = [username !== undefined || passwordStdin, dockerConfig, flags["docker-login"] === true, secret];
  if (ways.filter((it) => it !== undefined && it !== false).length > 1)
    throw new CliError("--username, --secret, --docker-config and --docker-login do not go together");
  if (dockerConfig !== undefined) return { kind: "docker", source: { file: dockerConfig } };
  if (flags["docker-login"] === true) return { kind: "docker", source: "default" };
  const names = readNames(flags);
  if (secret !== undefined) {
    refuseManyCaches("--secret", target);
    const files = { names, recursive: flags["recursive"] === true, secret };
    return { kind: "secret", secret, files: names.length > 0 ? files : undefined };
  }
  if (username === undefined && !passwordStdin) return { kind: "manifests" };
  if (username === undefined || !passwordStdin) throw new CliError("--username and --password-stdin go together");
  refuseManyCaches("--username", target);
  if (names.includes("-")) throw new CliError("-f - and --password-stdin cannot both read standard input");
  return { kind: "given", credential: { username, password: readPasswordFlag() } };
}

/** A credential is tried where it belongs, and nowhere else. */
function refuseManyCaches(flag: string, target: ProbeFlags["target"]): void {
  if ("cache" in target && target.cache === undefined)
    throw new CliError(`${flag} needs --cache, since it is the credential of one cache`);
}

function readTimeout(text: string): number {
  const parsed = parseDuration(text);
  const milliseconds = parsed.ok ? Number(parsed.value / 1_000_000n) : 0;
  if (milliseconds < 1 || milliseconds > 600_000)
    throw new CliError(`--timeout takes a duration up to 10m such as 30s, not "${text}"`);
  return milliseconds;
}
