import type { Finding } from "@registry-cache/core";
import { isGone, pathBeside } from "@registry-cache/files";
import { type BaselineEntry, entriesOf, writeBaseline } from "./baseline.ts";
import { currentText } from "./conclude-all.ts";
import { isSelectedCode } from "./selection.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Writes the baseline anew from what was found, and takes it as known. Entries that this run cannot judge are kept: those of
 * other files, of files that it could not read and of codes that it does not tell. Gives the number of entries;
 * undefined, and a problem told, when nothing was written.
 */
export function updateBaseline(
  workspace: Workspace,
  findings: ReadonlyMap<string, readonly Finding[]>,
): number | undefined {
  const { baseline, problems } = workspace;
  if (baseline === undefined) return undefined;
  const judged = judges(workspace);
  const entries = baseline.entries.filter((it) => !judged(it));
  for (const [uri, found] of findings) {
    const text = currentText(workspace, uri);
    if (text !== undefined) entries.push(...entriesOf(baseline, { uri, text }, found));
  }
  const problem = writeBaseline(baseline, entries);
  if (problem !== undefined) {
    problems.add(baseline.path, problem);
    return undefined;
  }
  workspace.baseline = { ...baseline, entries };
  workspace.knownFingerprints = new Set(entries.map((it) => it.fingerprint));
  return entries.length;
}

/** The entries that match no finding any more, as far as this run can tell. */
export function staleEntries(workspace: Workspace): readonly BaselineEntry[] {
  const entries = workspace.baseline?.entries ?? [];
  const judged = judges(workspace);
  return entries.filter((it) => !workspace.matched.has(it.fingerprint) && judged(it));
}

function judges(workspace: Workspace): (entry: BaselineEntry) => boolean {
  const { baseline, sources, problems, selection } = workspace;
  const unreadable = new Set(problems.list.map((it) => it.file));
  const read = sources.filter((it) => !unreadable.has(it.uri));
  const files = new Set(read.map((it) => pathBeside(baseline?.path ?? "", it.uri)));
  return ({ file, code }) => {
    return isSelectedCode(selection, code) && (files.has(file) || isGone(baseline?.path ?? "", file));
  };
}
