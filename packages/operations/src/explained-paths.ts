import {
  applyFileChange,
  type FileChange,
  type FileTexts,
  planFileFinish,
  planFileRollback,
  type Result,
} from "@registry-cache/core";
import { type GitChange, type GitRepository, readCommitted } from "@registry-cache/files";
import { committedRequest } from "./committed-request.ts";
import type { ChangedFiles, CommitRequest } from "./rotation-commit.ts";

/**
 * The changed files whose changes are this rotation's own, left by a run that did not get as far as its commit: taking the
 * rotation back gives what was committed; or ending it, or taking it back, gives of what was committed what is there.
 * The error names a file of the plan that has other changes, too: those must not get into its commit.
 */
export function explainedPaths(changed: ChangedFiles, plan: FileChange): Result<ExplainedPaths, string> {
  const { repository, changes } = changed;
  const judge = openJudge(changed, plan);
  const verdicts = changes.map((it) => ({ path: it.path, verdict: judge(it) }));
  const pathsOf = (wanted: Verdict): readonly string[] =>
    verdicts.flatMap((it) => (it.verdict === wanted ? [it.path] : []));
  const [strange] = pathsOf("strange");
  if (strange === undefined) return { ok: true, value: { begun: pathsOf("begun"), ended: pathsOf("ended") } };
  return {
    ok: false,
    error: `"${repository.fileOf(strange)}" has changes that are not committed and not of this rotation; commit or stash them first`,
  };
}

/** Files that an earlier run has written: of the rotation's first phase, or of its end or way back. */
export interface ExplainedPaths {
  readonly begun: readonly string[];
  readonly ended: readonly string[];
}

type Verdict = "begun" | "ended" | "strange" | "other";

function openJudge(changed: ChangedFiles, plan: FileChange): (change: GitChange) => Verdict {
  const { repository, request, changes } = changed;
  const committed = new Map(changes.map(({ path }) => [path, readCommitted(repository, path)]));
  const now = byPath(changed.texts, repository);
  const planned = outcomeOf(changed.texts, plan, repository);
  const returned = planFileRollback(request);
  const back = returned.ok ? outcomeOf(changed.texts, returned.value.change, repository) : nothing;
  const before = committedRequest(changed, committed);
  const texts = textsOf(before);
  const ends = [planFileFinish(before), planFileRollback(before)].map((it) => {
    return it.ok ? outcomeOf(texts, it.value.change, repository) : nothing;
  });
  return ({ path, index, workTree }) => {
    const head = committed.get(path);
    const isStagedOtherwise = index !== " " && index !== "?" && workTree !== " ";
    if (!isStagedOtherwise && back.touched.has(path) && back.texts.get(path) === head) return "begun";
    const isEnded = ends.some((it) => it.touched.has(path) && it.texts.get(path) === now.get(path));
    if (!isStagedOtherwise && isEnded) return "ended";
    const isChanged = planned.touched.has(path) && planned.texts.get(path) !== head;
    return isChanged || back.touched.has(path) ? "strange" : "other";
  };
}

interface Outcome {
  readonly texts: ReadonlyMap<string, string>;
  readonly touched: ReadonlySet<string>;
}

const nothing: Outcome = { texts: new Map(), touched: new Set() };

/** The texts by path after a change, and which of them it touches. */
function outcomeOf(texts: FileTexts, change: FileChange, repository: GitRepository): Outcome {
  const touched = [...change.creates, ...change.edits].map((it) => it.uri).concat(change.deletes);
  return {
    texts: byPath(applyFileChange(texts, change), repository),
    touched: new Set(touched.map(repository.pathOf)),
  };
}

function textsOf({ files, kustomizations }: CommitRequest["request"]): FileTexts {
  return Object.fromEntries([...kustomizations.map((it) => it.file), ...files].map(({ uri, text }) => [uri, text]));
}

function byPath(texts: FileTexts, { pathOf }: GitRepository): ReadonlyMap<string, string> {
  return new Map(Object.entries(texts).map(([uri, text]) => [pathOf(uri), text]));
}
