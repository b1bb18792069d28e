import { renderFinding } from "./findings-text.ts";
import { createPaint } from "./paint.ts";
import { type Report, type ReportedFinding, reportedFindings, reportPath } from "./report.ts";

/**
 * Prints a JUnit report: a suite for each file, with a case for each finding, and one case that passes for a file without any.
 * Only errors fail; what does not make the check fail is shown as skipped.
 */
export function printJunit(report: Report): void {
  const { outcome, out } = report;
  const { counts, problems } = outcome;
  const broken = new Set(problems.map((it) => it.file));
  const clean = outcome.files.filter((it) => !outcome.findings.has(it) && !broken.has(it));
  const found = counts.errors + counts.warnings + counts.infos;
  const totals = attributes({
    name: "kubectl registry-cache lint",
    tests: found + clean.length + problems.length,
    failures: counts.errors,
    errors: problems.length,
    skipped: counts.warnings + counts.infos,
  });
  out(`<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${totals}>\n`);
  for (const suite of suitesOf(report)) printSuite(report, suite);
  for (const file of clean) out(wholeFile(reportPath(file), {}, ""));
  for (const { file, message } of problems) {
    out(wholeFile(reportPath(file), { errors: 1 }, `<error${attributes({ message, type: "unreadable" })}/>`));
  }
  out("</testsuites>\n");
}

function* suitesOf(report: Report): Iterable<readonly ReportedFinding[]> {
  let suite: ReportedFinding[] = [];
  for (const it of reportedFindings(report)) {
    if (suite[0] !== undefined && suite[0].path !== it.path) {
      yield suite;
      suite = [];
    }
    suite.push(it);
  }
  if (suite.length > 0) yield suite;
}

function printSuite(report: Report, suite: readonly ReportedFinding[]): void {
  const failures = suite.filter((it) => it.finding.severity === "error").length;
  const [first] = suite;
  const skipped = suite.length - failures;
  report.out(
    `  <testsuite${attributes({ name: first?.path ?? "", tests: suite.length, failures, errors: 0, skipped })}>\n`,
  );
  for (const it of suite) report.out(toCase(it, report));
  report.out("  </testsuite>\n");
}

function toCase({ finding, path, range }: ReportedFinding, { documents }: Report): string {
  const { code, name, severity, message } = finding;
  const line = range.start.line + 1;
  const test = attributes({ classname: path, name: `${code} ${name} at ${line}:${range.start.character + 1}` });
  const head = attributes({ message, type: severity });
  const detail = renderFinding(finding, documents, { paint: createPaint(false), brief: false }) ?? "";
  const result = severity === "error" ? `<failure${head}>${escapeXml(detail)}</failure>` : `<skipped${head}/>`;
  return `    <testcase${test}>${result}</testcase>\n`;
}

function wholeFile(path: string, { errors = 0 }: { readonly errors?: number }, result: string): string {
  const suite = attributes({ name: path, tests: 1, failures: 0, errors, skipped: 0 });
  return `  <testsuite${suite}>\n    <testcase${attributes({ classname: path, name: "lint" })}>${result}</testcase>\n  </testsuite>\n`;
}

function attributes(values: { readonly [name: string]: string | number }): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value)).replace(/[\t\n\r]/g, toReference)}"`)
    .join("");
}

/** XML 1.0 has no way to write most control characters and lone surrogates: they become a sign. */
function escapeXml(text: string): string {
  return (
    text
      .replace(/[&<>"']/g, toReference)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that XML cannot hold
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd")
  );
}

function toReference(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
