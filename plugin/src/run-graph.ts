import { type GraphFormat, renderGraph } from "@registry-cache/core";
import { type GraphOutcome, readChains } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { CommandLine } from "./command-line.ts";
import { readGardenFlags, readText, refuseNamesEverywhere } from "./garden-flags.ts";
import { printable } from "./print/printable.ts";
import { openTerminal, type Terminal } from "./print/terminal.ts";
import { tellUnseen } from "./print/unseen.ts";
import { withGarden } from "./with-garden.ts";

/** Runs `graph`: draws the chains of Shoots. Gives the exit code. */
export async function runGraph(line: CommandLine): Promise<number> {
  const terminal = openTerminal();
  const format = (["svg", "dot", "mermaid"] as const).find((it) => it === line.flags["output"]) ?? "mermaid";
  const outcome = await read(line, terminal);
  if (outcome.problems.length === 0) terminal.out(renderGraph(outcome.chains, format satisfies GraphFormat));
  terminal.flush();
  tellUnseen(terminal, outcome.unseen);
  for (const { file, message } of outcome.problems) terminal.err(`error: ${printable(file)}: ${printable(message)}\n`);
  for (const name of outcome.missing)
    terminal.err(`error: there is no Shoot "${printable(name)}" with a cache in these files\n`);
  if (outcome.problems.length + outcome.missing.length > 0) return 2;
  if (outcome.chains.length === 0) terminal.err("No caches or mirrors found\n");
  return 0;
}

async function read({ flags, words }: CommandLine, terminal: Terminal): Promise<GraphOutcome> {
  const names = Array.isArray(flags["filename"]) ? flags["filename"].filter((it) => typeof it === "string") : [];
  if (names.includes("")) throw new CliError("-f takes a file, a directory or -, not an empty name");
  if (names.length > 0) return readChains({ names, recursive: flags["recursive"] === true, shoots: words });
  const garden = readGardenFlags(flags);
  refuseNamesEverywhere(words, garden);
  return withGarden(garden, terminal, ({ client, scope, shoot }) => {
    const shoots = words.length === 0 && shoot !== undefined ? [shoot] : words;
    return readChains({ client, ...scope, shoots, labelSelector: readText(flags["selector"]) });
  });
}
