import type { Schema } from "@registry-cache/core";
import { explain } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { ExplainFlags } from "./flag-values.ts";
import { renderField } from "./print/explanation.ts";
import { printable } from "./print/printable.ts";
import { openTerminal } from "./print/terminal.ts";

/** Runs `explain`: prints the page of a rule or code, or what is known of a field. Gives the exit code. */
export async function runExplain({ topic, output, recursive, gardenSchema }: ExplainFlags): Promise<number> {
  const explanation = explain(topic, await schemaOf(gardenSchema));
  if (explanation.kind === "unknown") throw new CliError(printable(explanation.message));
  const { out, flush } = openTerminal();
  if (output === "json") out(`${JSON.stringify(explanation, undefined, 2)}\n`);
  else out(explanation.kind === "field" ? renderField(explanation, recursive) : explanation.page);
  flush();
  return 0;
}

/** A garden's part is loaded only when it is named. */
async function schemaOf(name: string | undefined): Promise<Schema | undefined> {
  if (name === undefined) return undefined;
  return (await import("./find-garden-schema.ts")).findGardenSchema(name, undefined).schema;
}
