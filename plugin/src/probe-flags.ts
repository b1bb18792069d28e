import { parseDuration, upstreamProblems, urlProblems } from "@registry-cache/core";
import type { ProbeCredential, ProbeTarget } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { CommandLine, FlagValues } from "./command-line.ts";
import { readOutput } from "./flag-values.ts";
import { readPasswordFlag } from "./password-flag.ts";

/** The flags that say how registries are asked. */
export interface HowFlags {
  readonly repository: string | undefined;
  readonly proxy: string | undefined;
  readonly caFile: string | undefined;
  readonly timeoutMilliseconds: number;
}

/** The command line of `probe`. */
export interface ProbeFlags extends HowFlags {
  readonly target: ProbeTarget;
  readonly credential: ProbeCredential;
  readonly output: "text" | "json";
  readonly color: boolean | undefined;
}

/** Reads the command line of `probe`, and refuses what does not go together. */
export function readProbeFlags({ flags, argument }: CommandLine): ProbeFlags {
  const target = readTarget(flags, argument);
  const { color } = flags;
  return {
    target,
    ...readHow(flags),
    output: readOutput(flags),
    color: typeof color === "boolean" ? color : undefined,
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

function readTarget(flags: FlagValues, argument: string | undefined): ProbeTarget {
  const names = readNames(flags);
  const cache = readText(flags, "cache");
  if (argument !== undefined) {
    if (names.length > 0) throw new CliError(`with -f the cache is named by --cache ${argument}`);
    if (cache !== undefined) throw new CliError("--cache needs -f with a Shoot");
    return { kind: "upstream", ...readUpstream(argument) };
  }
  if (names.length === 0) throw new CliError("must name an upstream, for example quay.io, or a Shoot with -f");
  return { kind: "files", names, recursive: flags["recursive"] === true, cache };
}

function readCredential(flags: FlagValues, target: ProbeTarget): ProbeCredential {
  const username = readText(flags, "username");
  const dockerConfig = readText(flags, "docker-config");
  const passwordStdin = flags["password-stdin"] === true;
  const ways = [username !== undefined || passwordStdin, dockerConfig !== undefined, flags["docker-login"] === true];
  if (ways.filter((it) => it).length > 1)
    throw new CliError("--username, --docker-config and --docker-login do not go together");
  if (dockerConfig !== undefined) return { kind: "docker", source: { file: dockerConfig } };
  if (flags["docker-login"] === true) return { kind: "docker", source: "default" };
  if (username === undefined && !passwordStdin) return { kind: "manifests" };
  if (username === undefined || !passwordStdin) throw new CliError("--username and --password-stdin go together");
  if (target.kind === "files" && target.cache === undefined)
    throw new CliError("--username needs --cache, since it is the credential of one cache");
  if (target.kind === "files" && target.names.includes("-"))
    throw new CliError("-f - and --password-stdin cannot both read standard input");
  return { kind: "given", credential: { username, password: readPasswordFlag() } };
}

function readTimeout(text: string): number {
  const parsed = parseDuration(text);
  const milliseconds = parsed.ok ? Number(parsed.value / 1_000_000n) : 0;
  if (milliseconds < 1 || milliseconds > 600_000)
    throw new CliError(`--timeout takes a duration up to 10m such as 30s, not "${text}"`);
  return milliseconds;
}
