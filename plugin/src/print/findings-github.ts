import type { Severity } from "@registry-cache/core";
import { printable } from "./printable.ts";
import { type Report, type ReportedFinding, reportedFindings, reportPath } from "./report.ts";
import { renderLeft, shownFindings } from "./shown-findings.ts";
import { renderSummary } from "./summary.ts";

/** Prints findings as workflow commands, which GitHub Actions shows beside the lines of a change. */
export function printGithub(report: Report): void {
  const shown = [...shownFindings(report.outcome)];
  const findings = new Map(shown.map((it) => [it.uri, it.findings]));
  for (const it of reportedFindings({ ...report, outcome: { ...report.outcome, findings } })) report.out(toCommand(it));
  // What is no command is a line of the log.
  for (const { uri, left } of shown) {
    for (const it of left) report.out(`${printable(reportPath(uri))}: ${renderLeft(it)}\n`);
  }
  for (const { file, message } of report.outcome.problems) {
    report.out(`::error file=${escapeProperty(file)},title=unreadable::${escapeData(printable(message))}\n`);
  }
  // The runner shows what is no command as a line of the log.
  report.out(renderSummary(report.outcome, "file"));
}

const levels: { readonly [severity in Severity]: string } = { error: "error", warning: "warning", info: "notice" };

function toCommand({ finding, path, range: { start, end } }: ReportedFinding): string {
  const { code, name, severity, message } = finding;
  // Columns of two lines are refused.
  const columns = start.line === end.line ? [`col=${start.character + 1}`, `endColumn=${end.character + 1}`] : [];
  const properties = [
    `file=${escapeProperty(path)}`,
    `line=${start.line + 1}`,
    `endLine=${end.line + 1}`,
    ...columns,
    `title=${escapeProperty(`${code} ${name}`)}`,
  ];
  return `::${levels[severity]} ${properties.join(",")}::${escapeData(printable(message))}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
