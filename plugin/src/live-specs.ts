import type { CommandSpec } from "./flag-table.ts";
import { connectionFlags, listFlags, scopeFlags, selectorFlags } from "./live-flags.ts";

const status: CommandSpec = {
  name: "status",
  summary: "Show the caches of Shoots and their chains, as in the garden.",
  description: [
    "One line for each cache and mirror host: what it names, whether that is there, and whether it is rolled out.",
    "What you may not read is shown as such and never as missing. A change that is confined waits for the maintenance window.",
    "What is in Secrets is never read: lint --live tells whether they are immutable and well-formed.",
    "Exit codes: 0 no chain is broken, 1 one is, 2 wrong usage, 3 the garden could not be asked.",
  ].join("\n"),
  examples: ["status", "status crazy-botany -n garden-dev", "status -A -w", "status --sort-by .secret.created"],
  argument: { name: "shoot", summary: "Names of Shoots. By default all.", repeatable: true },
  flags: [
    ...scopeFlags,
    ...selectorFlags,
    ...listFlags,
    { name: "watch", char: "w", type: "boolean", summary: "Go on and print what changes." },
    ...connectionFlags,
  ],
};

const usage: CommandSpec = {
  name: "usage",
  summary: "Show what uses Secrets, and whether they may be deleted.",
  description: [
    "Looks for every reference: of Shoots (resources, DNS providers, admission plugins, authorization webhooks), bindings and",
    "ManagedSeedSets. A Secret is safe-to-delete only where everything was read and nothing names it; -o json is the proof.",
    "Values of Secrets are never read. Exit codes: 0 answered, and every SECRET named is safe to delete, 1 one is not,",
    "2 wrong usage, 3 the garden could not be asked.",
  ].join("\n"),
  examples: ["usage", "usage ro-quay-v1 -n garden-dev", "usage ro-quay-v1 && kubectl delete secret ro-quay-v1"],
  argument: { name: "secret", summary: "Names of Secrets. By default all.", repeatable: true },
  flags: [...scopeFlags, ...selectorFlags, ...listFlags, ...connectionFlags],
};

const graph: CommandSpec = {
  name: "graph",
  summary: "Draw the chains of Shoots, from files or as the garden has them.",
  description: [
    "From each Shoot to its caches and mirrors, the entries that they name, and the Secrets behind them; how each link is",
    "shows in its shape. With -f the files are drawn, without it the garden is asked.",
  ].join("\n"),
  examples: ["graph -R -f garden", "graph crazy-botany -o svg > chains.svg", "graph -A -o dot"],
  argument: { name: "shoot", summary: "Names of Shoots. By default all.", repeatable: true },
  flags: [
    {
      name: "filename",
      char: "f",
      type: "text",
      repeatable: true,
      placeholder: "FILE|DIR|-",
      completesFiles: true,
      summary: "File, directory or - for standard input. May be repeated.",
    },
    { name: "recursive", char: "R", type: "boolean", summary: "Read the folders in a directory too." },
    {
      name: "output",
      char: "o",
      type: "text",
      values: ["mermaid", "dot", "svg"],
      summary: "Language to draw in. By default mermaid.",
    },
    ...scopeFlags,
    ...selectorFlags.slice(0, 1),
    ...connectionFlags,
  ],
};

/** The commands that ask a garden, as the table has them. */
export const liveSpecs: readonly CommandSpec[] = [status, usage, graph];
