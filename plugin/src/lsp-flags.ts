import type { CommandSpec } from "./flag-table.ts";

/** `lsp`, as the table of commands has it. */
export const lspSpec: CommandSpec = {
  name: "lsp",
  summary: "Serve an editor by the Language Server Protocol.",
  description: [
    "The editor starts it and speaks to it over standard input and output.",
    "How editors are told so stands in the README of packages/language-server.",
  ].join(" "),
  examples: ["lsp"],
  flags: [{ name: "stdio", type: "boolean", summary: "What it does anyway. Some editors add it by themselves." }],
};
