import { readManifests } from "../manifest/manifest.ts";
import type { SettingsFile } from "../manifest/settings.ts";
import { rules } from "../rules/index.ts";
import { type FileReport, inspectFindings } from "./inspect-findings.ts";
import { toFinding } from "./to-finding.ts";

/** Checks a settings file: as YAML, and for what it asks for. */
export function inspectSettings(file: SettingsFile): FileReport {
  // What any document must keep to holds here too; of Shoots and Secrets there are none.
  const manifests = readManifests(file.uri, file.text);
  const report = inspectFindings(manifests, () => undefined);
  if (manifests.documents.some(({ problems }) => problems.some((it) => it.kind !== "duplicate-key"))) return report;
  const own = rules.flatMap((rule) => {
    return [...(rule.checkSettings?.(file, rules) ?? [])].map((draft) => toFinding(rule, file, draft));
  });
  return { ...report, findings: [...report.findings, ...own] };
}
