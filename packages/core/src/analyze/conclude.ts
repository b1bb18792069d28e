import type { Finding } from "../workspace/finding.ts";
import { isIgnored } from "../workspace/ignore.ts";
import type { Facts } from "../workspace/workspace.ts";
import type { FileReport } from "./inspect.ts";
import { createJudge } from "./judge.ts";

/** What all files come to: the findings of each, and how many others comments ignore. */
export interface Conclusion {
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  readonly ignored: number;
}

/** Joins the reports of all files: judges references and Secrets against each other and gives each file its findings in order. */
export function conclude(reports: readonly FileReport[], facts: Facts = {}): ReadonlyMap<string, readonly Finding[]> {
  return concludeCounting(reports, facts).findings;
}

/** Does what `conclude` does, and counts what comments ignore. */
export function concludeCounting(reports: readonly FileReport[], facts: Facts = {}): Conclusion {
  const judge = createJudge(facts);
  for (const report of reports) judge.replace(report.uri, report);
  const findings = new Map<string, readonly Finding[]>();
  let ignored = 0;
  for (const { uri, ignores } of reports) {
    const found = judge.findingsOf(uri);
    const left = ignores.length === 0 ? found : found.filter((it) => !isIgnored(ignores, it));
    ignored += found.length - left.length;
    findings.set(uri, left);
  }
  return { findings, ignored };
}
