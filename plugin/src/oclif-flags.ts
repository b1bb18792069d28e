import { Flags, type Interfaces } from "@oclif/core";
import type { FlagSpec } from "./flag-table.ts";

/** The flags of the table as oclif wants them. */
export function toOclifFlags(specs: readonly FlagSpec[]): Interfaces.FlagInput {
  return Object.fromEntries(specs.map((it) => [it.name, toOclifFlag(it)]));
}

function toOclifFlag(spec: FlagSpec): Interfaces.FlagInput[string] {
  const { char, summary, placeholder, values } = spec;
  const common = { summary, ...(char === undefined ? {} : { char }) };
  if (spec.type === "boolean") return Flags.boolean({ ...common, allowNo: spec.negatable === true });
  const named = { ...common, ...(placeholder === undefined ? {} : { helpValue: placeholder }) };
  if (spec.repeatable) return Flags.string({ ...named, multiple: true, multipleNonGreedy: true });
  return Flags.string({ ...named, ...(values === undefined ? {} : { options: [...values] }) });
}
