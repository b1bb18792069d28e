import type { CommandSpec, FlagSpec } from "./flag-table.ts";
import { gardenSchemaFlag } from "./schema-specs.ts";

/** The shells that can complete our words. */
export const shells = ["bash", "zsh", "fish", "powershell"] as const;

/** One of the shells. */
export type Shell = (typeof shells)[number];

/** The commands that help with the others: what is checked, what a field is, editors and shells. */
export function helperSpecs({ output }: { readonly output: FlagSpec }): readonly CommandSpec[] {
  return [rules(output), explain(output), lsp, completion];
}

function rules(output: FlagSpec): CommandSpec {
  return {
    name: "rules",
    summary: "List everything that lint checks.",
    examples: ["rules", "rules -o json"],
    flags: [output],
  };
}

function explain(output: FlagSpec): CommandSpec {
  return {
    name: "explain",
    summary: "Explain a rule, or a field of a manifest.",
    description: [
      "A rule is named by its code or its name, a field by its path in a Shoot, RegistryConfig, MirrorConfig or Secret.",
      "The path may begin with the kind; without it, the first of these that has such a field is meant.",
    ].join(" "),
    examples: ["explain RC201", "explain spec.resources", "explain registryconfig.caches --recursive"],
    argument: { name: "topic", summary: "Code or name of a rule, or path of a field.", completes: "topics" },
    flags: [
      { name: "recursive", type: "boolean", summary: "Show all fields below it as a tree." },
      gardenSchemaFlag,
      output,
    ],
  };
}

const lsp: CommandSpec = {
  name: "lsp",
  summary: "Serve an editor by the Language Server Protocol.",
  description: [
    "The editor starts it and speaks to it over standard input and output.",
    "How editors are told so stands in the README of packages/language-server.",
  ].join(" "),
  examples: ["lsp"],
  flags: [{ name: "stdio", type: "boolean", summary: "What it does anyway. Some editors add it by themselves." }],
};

const completion: CommandSpec = {
  name: "completion",
  summary: "Print the script with which a shell completes our words.",
  description: [
    "It is for those who call kubectl-registry_cache directly. kubectl's own script completes",
    "kubectl registry-cache as soon as kubectl_complete-registry_cache is on the PATH, too.",
  ].join(" "),
  examples: ["completion bash", "completion zsh"],
  argument: { name: "shell", summary: "bash, zsh, fish or powershell.", values: shells },
  flags: [],
};
