import { parseDuration } from "@registry-cache/core";
import { CliError } from "./cli-error.ts";
import type { CommandLine } from "./command-line.ts";
import { readNames, readText } from "./probe-flags.ts";
import { refuseGardenFlags } from "./refuse-garden-flags.ts";

/** Files to read, which the commands on Secrets share; none where the garden is asked. */
export interface ListFlags {
  readonly names: readonly string[];
  readonly recursive: boolean;
  readonly color: boolean | undefined;
}

/** Reads the flags that name files, and refuses those of a garden beside them. */
export function readListFlags({ flags }: CommandLine): ListFlags {
  const names = readNames(flags);
  const { color } = flags;
  if (names.length > 0) refuseGardenFlags(flags, "and -f names files", ["namespace"]);
  return { names, recursive: flags["recursive"] === true, color: typeof color === "boolean" ? color : undefined };
}

/** Reads the duration of a flag in seconds. */
export function readSeconds({ flags }: CommandLine, name: string): number | undefined {
  const text = readText(flags, name);
  const seconds = text === undefined ? undefined : parseSeconds(text);
  if (text !== undefined && seconds === undefined)
    throw new CliError(`--${name} takes a duration such as 14d or 36h, not "${text}"`);
  return seconds;
}

/** Reads a duration in seconds: one of Go, or whole days such as 14d; undefined for any other text. */
export function parseSeconds(text: string): number | undefined {
  const [, days] = /^(\d{1,6})d$/.exec(text) ?? [];
  if (days !== undefined) return Number(days) * 86_400;
  const parsed = parseDuration(text);
  return parsed.ok && parsed.value >= 0n ? Number(parsed.value / 1_000_000_000n) : undefined;
}
