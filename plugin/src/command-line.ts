import { plainArguments } from "./arguments.ts";
import type { CommandSpec, FlagSpec } from "./flag-table.ts";

/** The flags of a command line by name, as a parser gives them. Absent ones are undefined. */
export interface FlagValues {
  readonly [name: string]: unknown;
}

/** What a command line says after the command's name. */
export interface CommandLine {
  readonly flags: FlagValues;
  /** The first word that is no flag. */
  readonly argument: string | undefined;
  /** All words that are no flags. */
  readonly words: readonly string[];
}

/**
 * Reads a command line as oclif would, or gives undefined: what is not plainly right is left to oclif, which knows what to
 * say about it.
 */
export function readCommandLine(argv: readonly string[], spec: CommandSpec): CommandLine | undefined {
  const flags: { [name: string]: unknown } = {};
  const left = [...plainArguments(argv, spec)];
  const words: string[] = [];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (isValue(word)) {
      if (spec.argument === undefined || (words.length > 0 && spec.argument.repeatable !== true)) return undefined;
      words.push(word);
      continue;
    }
    const given = readFlag(word, left, spec);
    const flag = given?.flag;
    if (flag === undefined || given?.value === undefined) return undefined;
    const before = flags[flag.name];
    if (flag.repeatable) flags[flag.name] = [...(Array.isArray(before) ? before : []), given.value];
    else if (before !== undefined && flag.type !== "boolean") return undefined;
    else flags[flag.name] = given.value;
  }
  return { flags, argument: words[0], words };
}

interface GivenFlag {
  readonly flag: FlagSpec;
  readonly value: string | boolean | undefined;
}

function readFlag(word: string, rest: string[], { flags }: CommandSpec): GivenFlag | undefined {
  const equals = word.startsWith("--") ? word.indexOf("=") : -1;
  const name = equals < 0 ? word : word.slice(0, equals);
  const flag = flags.find((it) => name === `--${it.name}` || name === `-${it.char}`);
  if (flag === undefined) {
    const negated = flags.find((it) => it.negatable && word === `--no-${it.name}`);
    return negated && { flag: negated, value: false };
  }
  if (flag.type === "boolean") return { flag, value: equals < 0 ? true : undefined };
  const value = equals < 0 ? rest.shift() : word.slice(equals + 1);
  const taken = value !== undefined && isValue(value) && flag.values?.includes(value) !== false;
  return { flag, value: taken ? value : undefined };
}

/** An empty word or one that begins with a dash is most likely a mistake. */
function isValue(word: string): boolean {
  return word === "-" || (word !== "" && !word.startsWith("-"));
}
