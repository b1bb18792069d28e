import type { Finding } from "@registry-cache/core";
import type { Problem } from "@registry-cache/files";
import type { BaselineEntry } from "./baseline.ts";
import { concludeAll, type IgnoredCounts } from "./conclude-all.ts";
import { type Change, changesOf, planFixes, touches, writeChanges } from "./fix.ts";
import { inspectAll } from "./inspect-all.ts";
import type { LiveOutcome, LiveRequest } from "./live/lint-live.ts";
import type { LiveSelection } from "./live/live-sources.ts";
import type { WorkspaceRequest } from "./request.ts";
import { staleEntries, updateBaseline } from "./update-baseline.ts";
import { openWorkspace, readText, type Workspace } from "./workspace.ts";

/** What to check, and what to do with the safe fixes: nothing, work out the new texts, or write them. */
export interface LintRequest extends WorkspaceRequest {
  readonly fix: "no" | "plan" | "write";
  /** A garden that takes part. Without names its own Shoots are checked. */
  readonly live?: (LiveRequest & LiveSelection) | undefined;
}

/** Hears of a run while it goes on. */
export interface LintListener {
  /** Told of each file; without `total` of those with the versions before. */
  readonly onProgress?: (done: number, total?: number) => void;
  /** A change that was written, or would be. */
  readonly onChange?: (change: Change) => void;
}

/** What a check found: after the fixes where they were written, before them otherwise. */
export interface LintOutcome {
  /** The findings of the files that have some, in the order of the files, by place. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  readonly counts: LintCounts;
  /** How many findings were kept back, and by what. */
  readonly ignored: IgnoredCounts;
  /** With a baseline: its entries that match nothing any more, and how many were written. */
  readonly baseline: BaselineOutcome | undefined;
  /** What a garden added; absent where none took part. */
  readonly live: LiveOutcome | undefined;
  /** All files of the run, whatever was found in them. */
  readonly files: readonly string[];
  /** What could not be read or written. Reading a text again may add to it. */
  readonly problems: readonly Problem[];
  /** Reads again the text that a file's findings are about; undefined when it has changed meanwhile. */
  readText(uri: string): string | undefined;
}

/** What became of a baseline. */
export interface BaselineOutcome {
  readonly path: string;
  readonly stale: readonly BaselineEntry[];
  /** How many entries it has now, where it was written. */
  readonly written: number | undefined;
}

/** How many of each. */
export interface LintCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** Files that could be read. */
  readonly files: number;
  readonly filesWithFindings: number;
  /** Findings that --fix would mend. */
  readonly fixable: number;
  /** Fixes that were written. */
  readonly fixed: number;
}

/** Checks files as one workspace of Shoots and of what stands for their Secrets. */
export async function lint(request: LintRequest, listener: LintListener = {}): Promise<LintOutcome> {
  const { workspace, live } = await openLint(request, listener);
  const onChange = listener.onChange ?? (() => undefined);
  const found = concludeAll(workspace);
  const fixes = request.fix === "no" ? [] : planFixes(workspace, found);
  if (request.fix === "plan") for (const change of changesOf(workspace)) onChange(change);
  const write = request.fix === "write";
  const failed = write ? await writeChanges(workspace, onChange) : new Set<string>();
  const left = write ? concludeAll(workspace) : found;
  const written = request.updateBaseline ? updateBaseline(workspace, left) : undefined;
  const findings = written === undefined ? left : concludeAll(workspace);
  const { baseline } = workspace;
  const fixed = write ? fixes.filter((it) => !touches(it, failed)).length : 0;
  return {
    findings,
    counts: { ...count(findings), files: workspace.fileCount, fixed },
    ignored: workspace.ignored,
    baseline: baseline && { path: baseline.path, stale: staleEntries(workspace), written },
    live,
    files: workspace.sources.map((it) => it.uri),
    problems: workspace.problems.list,
    readText: (uri) => readText(workspace, uri),
  };
}

/** What is to be checked, read and inspected. */
export interface OpenLint {
  readonly workspace: Workspace;
  readonly live: LiveOutcome | undefined;
}

async function openLint(request: LintRequest, { onProgress }: LintListener): Promise<OpenLint> {
  const { live } = request;
  if (live !== undefined) {
    // Without a garden its client is not even loaded.
    const { openLiveLint } = await import("./live/open-live-lint.ts");
    return openLiveLint(request, live, onProgress);
  }
  const workspace = openWorkspace(request, onProgress);
  inspectAll(workspace, { onProgress });
  return { workspace, live: undefined };
}

function count(findings: ReadonlyMap<string, readonly Finding[]>): Omit<LintCounts, "files" | "fixed"> {
  const all = [...findings.values()].flat();
  const of = (severity: Finding["severity"]): number => all.filter((it) => it.severity === severity).length;
  return {
    errors: of("error"),
    warnings: of("warning"),
    infos: of("info"),
    filesWithFindings: findings.size,
    fixable: all.filter((it) => it.fixes.some((fix) => fix.safe)).length,
  };
}
