import { describeRules } from "@registry-cache/operations";
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

/** A table as kubectl prints it: columns with three blanks between them. */
function renderTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd((widths[column] ?? 0) + 3))
        .join("")
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join("");
}
