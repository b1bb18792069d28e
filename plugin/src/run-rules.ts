import { describeRules } from "@registry-cache/operations";
import { renderTable } from "./print/table.ts";
import { openTerminal } from "./print/terminal.ts";

/** Runs `rules`: prints the table of all rules. Gives the exit code. */
export function runRules(output: "text" | "json"): number {
  const { out, flush } = openTerminal();
  const rules = describeRules();
  if (output === "json") out(`${JSON.stringify(rules, undefined, 2)}\n`);
  else {
    const rows = rules.map((it) => [it.code, it.name, it.severity, it.fix, it.summary]);
    out(renderTable([["CODE", "NAME", "SEVERITY", "FIX", "SUMMARY"], ...rows]));
  }
  flush();
  return 0;
}
