import type { ManifestDocument, ManifestFile } from "../manifest/manifest.ts";
import type { Policies } from "../manifest/settings.ts";
import { aliasesIn } from "./aliases-in.ts";
import {
  type DocumentReport,
  type FileReport,
  inspectDocument,
  joinDocuments,
  noPolicies,
  type PreviousOf,
} from "./inspect-findings.ts";
import { outlineShoot } from "./outline.ts";

export type { DocumentReport, FileReport, PreviousOf, ShootReport } from "./inspect-findings.ts";

/** Checks one file by itself: `inspectFindings` together with the outlines of its Shoots. */
export function inspect(
  file: ManifestFile,
  previousOf: PreviousOf = () => undefined,
  policies: Policies = noPolicies,
): FileReport {
  const reports = file.documents.map((it) => outlineDocument(it, inspectDocument(it, previousOf, policies)));
  return joinDocuments(file, reports, policies);
}

/** Adds the outlines of a document's Shoots to what was found in it. */
export function outlineDocument(document: ManifestDocument, report: DocumentReport): DocumentReport {
  const aliasesOf = aliasesIn(document);
  return { ...report, outlines: document.shoots.map((it) => outlineShoot(it, aliasesOf)) };
}
