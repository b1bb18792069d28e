import type { CommandSpec, FlagSpec } from "./flag-table.ts";
import { connectionFlags } from "./live-flags.ts";

/** The flag by which a check or an explanation takes the schema of a garden. */
export const gardenSchemaFlag: FlagSpec = {
  name: "garden-schema",
  type: "text",
  placeholder: "CONTEXT|FILE.json",
  completes: "contexts",
  summary:
    "Take Shoots as this garden has them: a context that schema pull has asked, or a file of schema show -o json.",
};

/** The commands for schemas of gardens. */
export function schemaSpecs(output: FlagSpec): readonly CommandSpec[] {
  return [schema(), pull(output), show(output), list(output)];
}

function schema(): CommandSpec {
  return {
    name: "schema",
    summary: "Keep what a garden says of the fields of its Shoots.",
    description: [
      "A garden may be newer than this program, or older. Its own schema tells which fields it has: those that only it knows",
      "are no findings then, those that it does not know yet are warnings.",
      "lint --live asks for it by itself. Without the garden, lint and explain take it from --garden-schema and from nowhere",
      "else, so that a pipeline says the same on every machine.",
    ].join(" "),
    examples: ["schema pull", "schema show -o json > garden.json", "lint -R -f . --garden-schema garden.json"],
    flags: [],
  };
}

function pull(output: FlagSpec): CommandSpec {
  return {
    name: "schema pull",
    summary: "Ask a garden for its schema and keep it.",
    description: [
      "Kept in your cache directory under the server's address, and loaded again only when its hash has changed.",
      "Exit codes: 0 kept, 2 wrong usage, 3 the garden could not be asked.",
    ].join("\n"),
    examples: ["schema pull", "schema pull --context live"],
    flags: [output, ...connectionFlags],
  };
}

function show(output: FlagSpec): CommandSpec {
  return {
    name: "schema show",
    summary: "Show how the kept schema of a garden differs from ours; with -o json print it.",
    examples: ["schema show --context live", "schema show -o json > garden.json"],
    flags: [output, ...connectionFlags],
  };
}

function list(output: FlagSpec): CommandSpec {
  return {
    name: "schema list",
    summary: "List the schemas that are kept.",
    examples: ["schema list", "schema list -o json"],
    flags: [output],
  };
}
