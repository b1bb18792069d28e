import { applyEdits, conflict, type Edit, type Finding, type Fix } from "@registry-cache/core";
import { type Replacement, replaceFiles } from "@registry-cache/files";
import { concludeAll } from "./conclude-all.ts";
import { inspectText, type KnownFile, readAgain, readText, type Workspace } from "./workspace.ts";

/** A file's text before and after its fixes. */
export interface Change {
  readonly uri: string;
  readonly before: string;
  readonly after: string;
}

/** A fix may make room for another; no text needs as many rounds as this. */
const maxRounds = 10;

/**
 * Applies safe fixes until none is left, without writing: each round takes those that touch no text twice, then all that
 * changed is inspected again. Gives the fixes applied.
 */
export function planFixes(workspace: Workspace, found: ReadonlyMap<string, readonly Finding[]>): readonly Fix[] {
  const unreadable = new Set<string>();
  let findings = found;
  const applied: Fix[] = [];
  for (let round = 0; round < maxRounds; round += 1) {
    const { edits, fixes } = chooseEdits(findings, unreadable);
    if (fixes.length === 0) break;
    for (const [uri, of] of edits) {
      if (!editFile(workspace, uri, of)) unreadable.add(uri);
    }
    applied.push(...fixes.filter((fix) => !touches(fix, unreadable)));
    findings = concludeAll(workspace);
  }
  return applied;
}

/** The changes that planned fixes make, each text read when its turn comes. */
export function* changesOf(workspace: Workspace): Iterable<Change> {
  for (const [uri, { rounds }] of workspace.known) {
    const before = rounds.length === 0 ? undefined : readText(workspace, uri);
    if (before !== undefined) yield { uri, before, after: applyRounds(before, rounds) };
  }
}

/** Tells whether a fix changes one of some files. */
export function touches({ edits }: Fix, uris: ReadonlySet<string>): boolean {
  return edits.some((it) => uris.has(it.uri));
}

/**
 * Writes the planned changes and gives the files that could not be written. These are inspected again, so that nothing is
 * said to be mended that is not.
 */
export async function writeChanges(
  workspace: Workspace,
  onChange: (change: Change) => void,
): Promise<ReadonlySet<string>> {
  const failed = new Set<string>();
  await replaceFiles(replacementsOf(workspace), ({ change }, problem) => {
    if (problem === undefined) {
      onChange(change);
      readAgain(workspace, change.uri);
      return;
    }
    workspace.problems.add(change.uri, problem);
    failed.add(change.uri);
  });
  for (const uri of failed) inspectAgain(workspace, uri);
  return failed;
}

function* replacementsOf(workspace: Workspace): Iterable<Replacement & { readonly change: Change }> {
  for (const change of changesOf(workspace)) {
    const version = workspace.known.get(change.uri)?.version ?? "";
    yield { uri: change.uri, version, text: change.after, change };
  }
}

interface Round {
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
  readonly fixes: readonly Fix[];
}

function chooseEdits(found: ReadonlyMap<string, readonly Finding[]>, unreadable: ReadonlySet<string>): Round {
  const edits = new Map<string, readonly Edit[]>();
  const fixes: Fix[] = [];
  for (const finding of [...found.values()].flat()) {
    const fix = finding.fixes.find((it) => it.safe);
    if (fix === undefined) continue;
    const clash = fix.edits.some((it) => conflict(it.edits, edits.get(it.uri) ?? []));
    if (clash || touches(fix, unreadable)) continue;
    for (const it of fix.edits) edits.set(it.uri, [...(edits.get(it.uri) ?? []), ...it.edits]);
    fixes.push(fix);
  }
  return { edits, fixes };
}

function editFile(workspace: Workspace, uri: string, edits: readonly Edit[]): boolean {
  const file = workspace.known.get(uri);
  const before = readText(workspace, uri);
  if (file === undefined || before === undefined) return false;
  if (!file.exact) {
    workspace.problems.add(uri, "is not all UTF-8, its fixes were left out");
    return false;
  }
  file.rounds = [...file.rounds, edits];
  file.report = inspectText(workspace, file.source, applyRounds(before, file.rounds));
  return true;
}

function applyRounds(text: string, rounds: KnownFile["rounds"]): string {
  return rounds.reduce(applyEdits, text);
}

function inspectAgain(workspace: Workspace, uri: string): void {
  const file = workspace.known.get(uri);
  const text = readAgain(workspace, uri);
  if (file === undefined) return;
  file.rounds = [];
  if (text === undefined) workspace.known.delete(uri);
  else file.report = inspectText(workspace, file.source, text);
}
