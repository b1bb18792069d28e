import { relative, sep } from "node:path";
import { type Finding, fingerprintsOf } from "@registry-cache/core";
import type { LintOutcome } from "@registry-cache/operations";
import { type Document, type Documents, type Range, rangeOf } from "./documents.ts";

/** What a printer of findings is given, the same for every format. */
export interface Report {
  readonly outcome: LintOutcome;
  readonly documents: Documents;
  readonly out: (text: string) => void;
}

/** A finding with what formats for machines say of its place. */
export interface ReportedFinding {
  readonly finding: Finding;
  readonly document: Document;
  /** The file's name as a machine may have it. */
  readonly path: string;
  /** Zero-based. */
  readonly range: Range;
  /** Stays the same when the file is edited elsewhere. */
  readonly fingerprint: string;
}

/** The findings of all files that can still be read, in their order. */
export function* reportedFindings({ outcome, documents }: Report): Iterable<ReportedFinding> {
  for (const [uri, findings] of outcome.findings) {
    const document = documents(uri);
    if (document === undefined) continue;
    const path = reportPath(uri);
    const fingerprints = fingerprintsOf(path, document.text, findings);
    for (const [index, finding] of findings.entries()) {
      const fingerprint = fingerprints[index] ?? "";
      yield { finding, document, path, range: rangeOf(document, finding.span), fingerprint };
    }
  }
}

/** A file's path as a machine may have it: from the working directory, with slashes, and without a leading dot. */
export function reportPath(uri: string): string {
  if (uri === "<stdin>") return "stdin";
  const path = relative(process.cwd(), uri).split(sep).join("/");
  return path === "" || path.startsWith("../") ? uri.split(sep).join("/") : path;
}
