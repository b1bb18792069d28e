import { applyEdits, type Edit, type Finding, type Fix, secretSpans } from "@registry-cache/core";
import type { LintOutcome } from "@registry-cache/operations";
import { type Document, type Documents, type Range, rangeOf, secretsWithin } from "./documents.ts";
import type { Report } from "./report.ts";

/** Prints findings as JSON of our own, which says all that is known of them. */
export function printJson({ outcome, documents, out }: Report): void {
  out('{\n  "findings": [');
  let separator = "\n";
  for (const finding of [...outcome.findings.values()].flat()) {
    const json = toJsonFinding(finding, documents);
    if (json === undefined) continue;
    out(`${separator}${indent(json, 4)}`);
    separator = ",\n";
  }
  out(separator === "\n" ? "],\n" : "\n  ],\n");
  out(`  "summary": ${indent(toJsonSummary(outcome), 2).trimStart()}\n}\n`);
}

function indent(value: object, by: number): string {
  return JSON.stringify(value, undefined, 2).replace(/^/gm, " ".repeat(by));
}

/** A finding; undefined when its file cannot be read any more. */
function toJsonFinding(finding: Finding, documents: Documents): JsonFinding | undefined {
  const document = documents(finding.uri);
  if (document === undefined) return undefined;
  const { code, name, severity, message, uri, span, admission, unlisted } = finding;
  return {
    code,
    name,
    severity,
    message,
    file: uri,
    range: rangeOf(document, span),
    related: finding.related.flatMap((it) => {
      const other = documents(it.uri);
      return other === undefined ? [] : [{ file: it.uri, range: rangeOf(other, it.span), message: it.message }];
    }),
    ...(unlisted === undefined ? {} : { unlisted }),
    fixes: finding.fixes.map((it) => toJsonFix(it, documents)),
    ...(admission === undefined ? {} : { admission }),
  };
}

function toJsonSummary({ counts, ignored, baseline, problems }: LintOutcome): object {
  const { errors, warnings, infos, files, fixable, fixed } = counts;
  const stale = baseline === undefined ? {} : { stale: baseline.stale };
  return { errors, warnings, infos, files, fixable, fixed, ignored, ...stale, problems };
}

interface JsonFinding extends Pick<Finding, "code" | "name" | "severity" | "message" | "unlisted" | "admission"> {
  readonly file: string;
  readonly range: Range;
  readonly related: readonly { readonly file: string; readonly range: Range; readonly message: string }[];
  readonly fixes: readonly JsonFix[];
}

/** A fix with the places of its edits. */
export interface JsonFix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly { readonly file: string; readonly range: Range; readonly newText: string }[];
  /** The edits would show a value of a Secret, so they are left out. */
  readonly redacted?: true;
}

/** A fix as `-o json` prints it: without its edits where they would show a value of a Secret. */
export function toJsonFix({ title, safe, edits }: Fix, documents: Documents): JsonFix {
  const files = edits.map((it) => ({ ...it, document: documents(it.uri) }));
  const secret = files.some(({ document, edits: of }) => document === undefined || showsSecret(document, of));
  if (secret) return { title, safe, edits: [], redacted: true };
  const shown = files.flatMap(({ uri, document, edits: of }) => {
    return document === undefined
      ? []
      : of.map((it) => ({ file: uri, range: rangeOf(document, it.span), newText: it.text }));
  });
  return { title, safe, edits: shown };
}

function showsSecret(document: Document, edits: readonly Edit[]): boolean {
  if (document.secrets.length === 0) return false;
  if (edits.some((it) => secretsWithin(document.secrets, it.span).length > 0)) return true;
  // A value may also be moved to a place where it is no secret yet, or become one where it is put.
  const after = secretSpans(applyEdits(document.text, edits));
  const values = document.secrets.map((it) => document.text.slice(it.start, it.end).replace(/^["']|["']$/g, ""));
  let shift = 0;
  return [...edits]
    .sort((a, b) => a.span.start - b.span.start)
    .some(({ span, text }) => {
      const start = span.start + shift;
      shift += text.length - (span.end - span.start);
      const lands = secretsWithin(after, { start, end: start + text.length }).length > 0;
      return lands || values.some((it) => it.length >= 4 && text.includes(it));
    });
}
