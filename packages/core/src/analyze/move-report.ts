import type { Span } from "../text/span.ts";
import type { Finding } from "../workspace/finding.ts";
import type { KnownSecret, Reference, SecretFinding } from "../workspace/workspace.ts";
import type { DocumentReport, ShootReport } from "./inspect.ts";

/** What is found in a document that stands further on in its file, or further up, than when it was inspected. */
export function moveReport(report: DocumentReport, by: number): DocumentReport {
  if (by === 0) return report;
  return {
    findings: report.findings.map((it) => moveFinding(it, by)),
    shoots: report.shoots.map((it) => moveShoot(it, by)),
    secrets: report.secrets.map((it) => moveSecret(it, by)),
  };
}

/** A span further on in its text. */
export function moveSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/** Before the files are joined, a finding speaks of no other file than its own. */
function moveFinding(finding: Finding, by: number): Finding {
  return {
    ...finding,
    span: moveSpan(finding.span, by),
    related: finding.related.map((it) => ({ ...it, span: moveSpan(it.span, by) })),
    fixes: finding.fixes.map((fix) => ({
      ...fix,
      edits: fix.edits.map(({ uri, edits }) => ({
        uri,
        edits: edits.map(({ span, text }) => ({ span: moveSpan(span, by), text })),
      })),
    })),
  };
}

function moveShoot(shoot: ShootReport, by: number): ShootReport {
  return {
    ...shoot,
    predicted: shoot.predicted.map((it) => ({ ...it, finding: moveFinding(it.finding, by) })),
    references: shoot.references.map((it) => moveReference(it, by)),
  };
}

function moveReference(reference: Reference, by: number): Reference {
  const { span, target } = reference;
  return {
    ...reference,
    span: moveSpan(span, by),
    target: target && { ...target, span: moveSpan(target.span, by) },
  };
}

function moveSecret(secret: KnownSecret, by: number): KnownSecret {
  const move = (it: SecretFinding): SecretFinding => ({ ...it, finding: moveFinding(it.finding, by) });
  const { credentials, "ca-bundle": caBundle } = secret.findings;
  return {
    ...secret,
    span: moveSpan(secret.span, by),
    findings: { credentials: credentials.map(move), "ca-bundle": caBundle.map(move) },
  };
}
