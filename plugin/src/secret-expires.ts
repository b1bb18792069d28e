import { readDateTime } from "@registry-cache/core";
import { CliError } from "./cli-error.ts";
import type { FlagValues } from "./command-line.ts";
import { readText } from "./probe-flags.ts";
import { parseSeconds } from "./secret-list-flags.ts";

/** Reads `--expires`, as the annotation has it: a day, a time, or so long from now. `now` is in milliseconds. */
export function readExpires(flags: FlagValues, now: number): string | undefined {
  const text = readText(flags, "expires");
  if (text === undefined) return undefined;
  const duration = parseSeconds(text);
  const written = duration === undefined ? text : timeText(now + duration * 1000, /^\d+d$/.test(text));
  const end = readDateTime(written);
  if (end === undefined)
    throw new CliError(`--expires takes a day such as 2030-01-31, a time in RFC 3339, or 90d, not "${text}"`);
  if (end * 1000 <= now) throw new CliError(`--expires ${text}: that is over already`);
  return written;
}

function timeText(milliseconds: number, isDay: boolean): string {
  const text = new Date(milliseconds).toISOString();
  return isDay ? text.slice(0, 10) : text.replace(/\.\d+Z$/, "Z");
}
