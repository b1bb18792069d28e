import type { Settings } from "../manifest/settings.ts";
import { matchesGlob } from "../text/pattern.ts";
import type { Finding } from "../workspace/finding.ts";
import { selects, selectsAny } from "../workspace/selector.ts";

/** The findings of one file as settings have them; `path` is the file's from the folder of the settings. */
export function applySettings(findings: readonly Finding[], settings: Settings, path: string): readonly Finding[] {
  const ignores = settings.ignores.filter((it) => it.paths.some((glob) => matchesGlob(glob, path)));
  return findings.flatMap((finding) => {
    const ignored = ignores.some((it) => it.selectors === undefined || selectsAny(it.selectors, finding));
    const severity = severityOf(finding, settings);
    return ignored || severity === "off" ? [] : [severity === finding.severity ? finding : { ...finding, severity }];
  });
}

/** The setting that means a finding most exactly: its name or whole code before a beginning, of equals the last. */
function severityOf(finding: Finding, { severities }: Settings): Finding["severity"] | "off" {
  let best: { readonly severity: Finding["severity"] | "off"; readonly length: number } | undefined;
  for (const { selector, severity } of severities) {
    const length = selector.toLowerCase() === finding.name ? finding.code.length : selector.length;
    if (selects(selector, finding) && length >= (best?.length ?? 0)) best = { severity, length };
  }
  return best?.severity ?? finding.severity;
}
