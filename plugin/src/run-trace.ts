import { type TracedImage, traceInShoot } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { CommandLine } from "./command-line.ts";
import { readOutput } from "./flag-values.ts";
import { openOfFiles } from "./open-shoot-flags.ts";
import { printable } from "./print/printable.ts";
import { openTerminal } from "./print/terminal.ts";
import { readEndpoints, readShootFlags } from "./shoot-flags.ts";

/** Runs `trace`: prints how a node of a Shoot pulls an image. Gives the exit code. */
export function runTrace({ argument: image, flags }: CommandLine): number {
  if (image === undefined) throw new CliError("must name the image, for example nginx:1.27");
  const terminal = openTerminal();
  const traced = traceInShoot(openOfFiles(readShootFlags(flags), terminal), image, readEndpoints(flags));
  if (!traced.ok) throw new CliError(printable(traced.error));
  const { out, flush } = terminal;
  if (readOutput(flags) === "json") out(`${JSON.stringify(traced.value, undefined, 2)}\n`);
  else out(renderTrace(traced.value));
  flush();
  return 0;
}

function renderTrace({ image, hostsToml, resolve, fetch, notes }: TracedImage): string {
  const lines = [
    image.full,
    hostsToml === undefined ? "no hosts.toml" : hostsToml,
    "",
    image.tag === undefined
      ? "Is it there? The first that has it is believed:"
      : "What is the tag? The first that knows it is believed:",
    ...attempts(resolve),
    "",
    "Fetch the manifest, and in the same order each layer:",
    ...attempts(fetch),
    ...notes.flatMap((it) => ["", `note: ${it}`]),
  ];
  return lines.map((it) => `${printable(it)}\n`).join("");
}

function attempts(list: TracedImage["resolve"]): readonly string[] {
  return list.flatMap(({ to, method, url, login }, index) => [
    `  ${index + 1}. ${to}: ${method} ${url}`,
    `     login: ${login}`,
  ]);
}
