import type { CommandSpec } from "./flag-table.ts";

/** The arguments of a command in the one form that oclif knows: `--fix=true` as kubectl's users write it becomes `--fix`. */
export function plainArguments(argv: readonly string[], { flags }: CommandSpec): readonly string[] {
  const end = argv.indexOf("--");
  const switches = flags.filter((it) => it.type === "boolean");
  return argv.flatMap((argument, index) => {
    const [, word = "", value = ""] = /^(-[A-Za-z]|--[a-z-]+)=(true|false)$/.exec(argument) ?? [];
    const flag = switches.find((it) => word === `--${it.name}` || word === `-${it.char}`);
    if (flag === undefined || (end !== -1 && index > end)) return [argument];
    if (value === "true") return [word];
    return flag.negatable ? [`--no-${flag.name}`] : [];
  });
}
