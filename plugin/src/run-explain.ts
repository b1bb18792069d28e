import { explain } from "@registry-cache/operations";
import { CliError } from "./cli-error.ts";
import type { ExplainFlags } from "./flag-values.ts";
import { renderField } from "./print/explanation.ts";
import { printable } from "./print/printable.ts";
import { openTerminal } from "./print/terminal.ts";

/** Runs `explain`: prints the page of a rule or code, or what is known of a field. Gives the exit code. */
export function runExplain({ topic, output, recursive }: ExplainFlags): number {
  const explanation = explain(topic);
  if (explanation.kind === "unknown") throw new CliError(printable(explanation.message));
  const { out, flush } = openTerminal();
  if (output === "json") out(`${JSON.stringify(explanation, undefined, 2)}\n`);
  else out(explanation.kind === "field" ? renderField(explanation, recursive) : explanation.page);
  flush();
  return 0;
}
