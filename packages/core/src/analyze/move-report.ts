import type { Span } from "../text/span.ts";
import type { Finding } from "../workspace/finding.ts";
import type { KnownEntry, KnownUse, ShootOutline } from "../workspace/outline.ts";
import type { KnownSecret, Reference, SecretFinding } from "../workspace/workspace.ts";
import type { WrittenName } from "../workspace/written-name.ts";
import type { DocumentReport, ShootReport } from "./inspect.ts";

/** What is found in a document that stands further on in its file, or further up, than when it was inspected. */
export function moveReport(report: DocumentReport, by: number): DocumentReport {
  if (by === 0) return report;
  return {
    findings: report.findings.map((it) => moveFinding(it, by)),
    shoots: report.shoots.map((it) => moveShoot(it, by)),
    secrets: report.secrets.map((it) => moveSecret(it, by)),
    outlines: report.outlines.map((it) => moveOutline(it, by)),
    affixes: report.affixes,
  };
}

/** A span further on in its text. */
export function moveSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/** A finding among those of a file that was edited; what lies in other files stays. */
export function followEdit(finding: Finding, uri: string, move: (span: Span) => Span): Finding {
  const moveIn = <P extends { readonly uri: string; readonly span: Span }>(place: P): P =>
    place.uri === uri ? { ...place, span: move(place.span) } : place;
  return {
    ...moveIn(finding),
    related: finding.related.map(moveIn),
    fixes: finding.fixes.map((fix) => ({
      ...fix,
      edits: fix.edits.map((of) => {
        if (of.uri !== uri) return of;
        return { uri, edits: of.edits.map(({ span, text }) => ({ span: move(span), text })) };
      }),
    })),
  };
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
    written: secret.written && moveName(secret.written, by),
    findings: { credentials: credentials.map(move), "ca-bundle": caBundle.map(move) },
  };
}

function moveOutline(outline: ShootOutline, by: number): ShootOutline {
  return {
    ...outline,
    span: moveSpan(outline.span, by),
    nameSpan: moveSpan(outline.nameSpan, by),
    uses: outline.uses.map((it) => moveUse(it, by)),
    entries: outline.entries.map((it) => moveEntry(it, by)),
    mentions: outline.mentions.map((it) => ({ ...it, name: moveName(it.name, by) })),
  };
}

function moveUse(use: KnownUse, by: number): KnownUse {
  const { span, labelSpan, entry } = use;
  return {
    ...use,
    span: moveSpan(span, by),
    labelSpan: moveSpan(labelSpan, by),
    entry: entry && { ...entry, name: moveName(entry.name, by) },
  };
}

function moveEntry(entry: KnownEntry, by: number): KnownEntry {
  const { span, name, target, uses } = entry;
  return {
    ...entry,
    span: moveSpan(span, by),
    name: name && moveName(name, by),
    target: target && moveName(target, by),
    uses: uses.map((it) => moveSpan(it, by)),
  };
}

function moveName(name: WrittenName, by: number): WrittenName {
  const { span, alias, aliases } = name;
  return {
    ...name,
    span: moveSpan(span, by),
    ...(alias === undefined ? {} : { alias: moveSpan(alias, by) }),
    ...(aliases === undefined ? {} : { aliases: aliases.map((it) => moveSpan(it, by)) }),
  };
}
