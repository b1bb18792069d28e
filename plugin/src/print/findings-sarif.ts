import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { type Related, type Rule, rulePage, rules, type Severity } from "@registry-cache/core";
import { version } from "../version.ts";
import { type Range, rangeOf } from "./documents.ts";
import { type JsonFix, toJsonFix } from "./findings-json.ts";
import { type Report, type ReportedFinding, reportedFindings, reportPath } from "./report.ts";

/** Prints findings as SARIF 2.1.0, for code scanning and for editors that show it. */
export function printSarif(report: Report): void {
  const { outcome, out } = report;
  const found = new Set([...outcome.findings.values()].flat().map((it) => it.code));
  const used = rules.filter((it) => found.has(it.code));
  const driver = { name: "kubectl-registry-cache", version, semanticVersion: version, rules: used.map(toDescriptor) };
  const head = { tool: { driver }, columnKind: "utf16CodeUnits", invocations: [toInvocation(report)] };
  // Written piece by piece: a folder may have more findings than fit in one text.
  out(`{"$schema":"${schema}","version":"2.1.0","runs":[${JSON.stringify(head).slice(0, -1)},"results":[`);
  let separator = "\n";
  for (const it of reportedFindings(report)) {
    out(`${separator}${JSON.stringify(toResult(it, report, used))}`);
    separator = ",\n";
  }
  out("\n]}]}\n");
}

const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const levels: { readonly [severity in Severity]: string } = { error: "error", warning: "warning", info: "note" };

/** The page of the rule goes with it: whoever reads a report may have no way to the sources, which have no fixed address. */
function toDescriptor(rule: Rule): object {
  const { code, name, severity, docs } = rule;
  return {
    id: code,
    name: name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: docs.summary },
    fullDescription: { text: `${docs.summary} ${docs.why}` },
    help: { text: `${docs.summary}\n\n${docs.why}`, markdown: rulePage(rule) },
    defaultConfiguration: { level: levels[severity] },
  };
}

function toInvocation({ outcome: { problems } }: Report): object {
  const notifications = problems.map(({ file, message }) => ({
    level: "error",
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: toArtifact(file) } }],
  }));
  return { executionSuccessful: problems.length === 0, toolExecutionNotifications: notifications };
}

function toResult({ finding, range, fingerprint }: ReportedFinding, report: Report, used: readonly Rule[]): object {
  const { code, severity, message, uri, related, fixes, admission } = finding;
  const shown = fixes.map((it) => toJsonFix(it, report.documents)).filter((it) => it.redacted !== true);
  return {
    ruleId: code,
    ruleIndex: used.findIndex((it) => it.code === code),
    level: levels[severity],
    message: { text: message },
    locations: [toLocation(uri, range)],
    partialFingerprints: { primaryLocationLineHash: fingerprint },
    ...(related.length === 0 ? {} : { relatedLocations: related.flatMap((it) => toRelated(it, report)) }),
    ...(shown.length === 0 ? {} : { fixes: shown.map(toFix) }),
    ...(admission === undefined ? {} : { properties: { admission } }),
  };
}

function toRelated({ uri, span, message }: Related, { documents }: Report): readonly object[] {
  const document = documents(uri);
  return document === undefined ? [] : [{ ...toLocation(uri, rangeOf(document, span)), message: { text: message } }];
}

function toFix({ title, edits }: JsonFix): object {
  const files = [...new Set(edits.map((it) => it.file))];
  return {
    description: { text: title },
    artifactChanges: files.map((file) => ({
      artifactLocation: toArtifact(file),
      replacements: edits
        .filter((it) => it.file === file)
        .map(({ range, newText }) => ({ deletedRegion: toRegion(range), insertedContent: { text: newText } })),
    })),
  };
}

function toLocation(uri: string, range: Range): object {
  return { physicalLocation: { artifactLocation: toArtifact(uri), region: toRegion(range) } };
}

function toArtifact(uri: string): object {
  const path = reportPath(uri);
  if (isAbsolute(path)) return { uri: pathToFileURL(path).href };
  return { uri: path.split("/").map(encodeURIComponent).join("/"), uriBaseId: "%SRCROOT%" };
}

/** Lines and columns count from one there; the end column is the one behind the last. */
function toRegion({ start, end }: Range): object {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
