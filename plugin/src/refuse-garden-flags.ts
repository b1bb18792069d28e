import { CliError } from "./cli-error.ts";
import type { FlagValues } from "./command-line.ts";
import { connectionFlags, scopeFlags } from "./live-flags.ts";

/** Refuses the flags of a garden where none is asked: who gives one expects it to count. `why` ends the sentence. */
export function refuseGardenFlags(flags: FlagValues, why: string, allowed: readonly string[] = []): void {
  const names = [...scopeFlags, ...connectionFlags].map((it) => it.name).filter((it) => !allowed.includes(it));
  const given = names.find((it) => flags[it] !== undefined);
  if (given !== undefined) throw new CliError(`--${given} is for a garden, ${why}`);
}
