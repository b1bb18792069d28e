import { applyEdits, applySettings, concludeCounting, type FileReport, type Finding } from "@registry-cache/core";
import { findTracked, stdinUri } from "@registry-cache/files";
import { entriesOf } from "./baseline.ts";
import { isSelected } from "./selection.ts";
import { readText, type Workspace } from "./workspace.ts";

/** How many findings are not told, by what keeps them back. */
export interface IgnoredCounts {
  readonly comments: number;
  readonly settings: number;
  readonly baseline: number;
}

/**
 * The findings of all files that have some, in the order of the files: without what comments, settings, the selection and
 * the baseline keep back.
 */
export function concludeAll(workspace: Workspace): ReadonlyMap<string, readonly Finding[]> {
  const reports = [...workspace.known.values()].sort((a, b) => a.index - b.index).map((it) => it.report);
  const { findings, ignored } = concludeCounting(reports, {
    committed: findCommitted(reports),
    ...(workspace.cluster && { cluster: workspace.cluster }),
  });
  const told = new Map<string, readonly Finding[]>();
  let [settings, baseline] = [0, 0];
  workspace.matched.clear();
  for (const [uri, found] of findings) {
    if (found.length === 0) continue;
    const own = workspace.settingsOf(uri);
    const kept = own === undefined ? found : applySettings(found, own.settings, own.path);
    const selected = kept.filter((it) => isSelected(workspace.selection, it));
    const fresh = withoutKnown(workspace, uri, selected);
    settings += found.length - kept.length;
    baseline += selected.length - fresh.length;
    if (fresh.length > 0) told.set(uri, fresh);
  }
  workspace.ignored = { comments: ignored, settings, baseline };
  return told;
}

/** A file's text as the rounds of fixes have left it; undefined when it cannot be read any more. */
export function currentText(workspace: Workspace, uri: string): string | undefined {
  const rounds = workspace.known.get(uri)?.rounds ?? [];
  const text = readText(workspace, uri);
  return text === undefined ? undefined : rounds.reduce(applyEdits, text);
}

function withoutKnown(workspace: Workspace, uri: string, findings: readonly Finding[]): readonly Finding[] {
  const { baseline, knownFingerprints, matched } = workspace;
  if (baseline === undefined || knownFingerprints.size === 0 || findings.length === 0) return findings;
  const text = currentText(workspace, uri);
  if (text === undefined) return findings;
  const entries = entriesOf(baseline, { uri, text }, findings);
  return findings.filter((_, index) => {
    const fingerprint = entries[index]?.fingerprint ?? "";
    if (!knownFingerprints.has(fingerprint)) return true;
    matched.add(fingerprint);
    return false;
  });
}

/** Git is asked only about files where its answer makes a difference. */
function findCommitted(reports: readonly FileReport[]): ReadonlySet<string> {
  const asking = reports.filter(({ uri, secrets }) => {
    const findings = secrets.flatMap((it) => Object.values(it.findings).flat());
    return uri !== stdinUri && findings.some((it) => it.ifCommitted);
  });
  return asking.length === 0 ? new Set() : findTracked(asking.map((it) => it.uri));
}
