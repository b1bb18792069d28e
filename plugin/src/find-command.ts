import { type CommandSpec, commandSpecs } from "./flag-table.ts";

/** A command and the words behind its name. */
export interface FoundCommand {
  readonly spec: CommandSpec;
  readonly rest: readonly string[];
}

/** Finds the command that a command line begins with: of `rotate` and `rotate finish` the longer one. */
export function findCommand(words: readonly string[]): FoundCommand | undefined {
  const found = commandSpecs
    .map((spec) => ({ spec, name: spec.name.split(" ") }))
    .filter(({ name }) => name.every((word, index) => words[index] === word))
    .sort((a, b) => b.name.length - a.name.length)[0];
  return found && { spec: found.spec, rest: words.slice(found.name.length) };
}

/** The commands that a person can name first. */
export function topCommands(): readonly CommandSpec[] {
  return commandSpecs.filter((it) => !it.name.includes(" "));
}
