import type { Severity } from "@registry-cache/core";
import { type Report, type ReportedFinding, reportedFindings } from "./report.ts";

/** Prints findings as GitLab's code quality report. */
export function printGitlab(report: Report): void {
  report.out("[");
  let separator = "\n";
  for (const it of reportedFindings(report)) {
    report.out(`${separator}  ${JSON.stringify(toViolation(it))}`);
    separator = ",\n";
  }
  report.out(separator === "\n" ? "]\n" : "\n]\n");
}

/** GitLab's words; blocker is left to what is worse than a Shoot that is refused. */
const severities: { readonly [severity in Severity]: string } = { error: "critical", warning: "minor", info: "info" };

function toViolation({ finding, path, range, fingerprint }: ReportedFinding): object {
  const { code, name, severity, message } = finding;
  return {
    description: `${code} ${name}: ${message}`,
    check_name: code,
    fingerprint,
    severity: severities[severity],
    location: { path, lines: { begin: range.start.line + 1, end: range.end.line + 1 } },
  };
}
