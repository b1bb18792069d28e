import { topCommands } from "./find-command.ts";
import { description } from "./flag-table.ts";
import { version } from "./version.ts";

/** The help of the program as a whole, as oclif lays it out. */
export function renderRootHelp(): string {
  const commands = topCommands();
  const width = Math.max(...commands.map((it) => it.name.length)) + 2;
  const { platform, arch, version: node } = process;
  return [
    description,
    "",
    "VERSION",
    `  kubectl-registry-cache/${version} ${platform}-${arch} node-${node}`,
    "",
    "USAGE",
    "  $ kubectl registry-cache [COMMAND]",
    "",
    "COMMANDS",
    ...[...commands].sort((a, b) => (a.name < b.name ? -1 : 1)).map((it) => `  ${it.name.padEnd(width)}${it.summary}`),
    "",
    "",
  ].join("\n");
}
