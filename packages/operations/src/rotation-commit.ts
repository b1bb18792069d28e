import {
  type FileChange,
  type FileTexts,
  isKustomization,
  type Result,
  type RotationFiles,
  type RotationStep,
} from "@registry-cache/core";
import {
  commitFiles,
  findRepository,
  findUnderWay,
  type GitChange,
  type GitRepository,
  readChanges,
  trackingOf,
} from "@registry-cache/files";
import { explainedPaths } from "./explained-paths.ts";

/** A commit that can be made once the files of a plan are written. */
export interface PreparedCommit {
  /** The path of a file or directory from the root of the repository. */
  readonly pathOf: (name: string) => string;
  /** Whether something is to be committed, now or when the plan is carried out. */
  readonly isNeeded: boolean;
  /** New files that stay out of Git, as the old Secret's file does. */
  readonly leftOut: readonly string[];
  /** Commits what the plan has changed, and nothing else. Gives the commit's name, undefined where nothing has changed. */
  readonly commit: (message: string) => Result<string | undefined, string>;
}

/** A plan as far as its commit asks. */
export interface CommittedPlan {
  readonly change: FileChange;
  readonly steps: readonly RotationStep[];
}

/** What a commit is prepared from. */
export interface CommitRequest {
  readonly names: readonly string[];
  readonly request: RotationFiles;
  readonly texts: FileTexts;
}

/** The same with what differs from the last commit. */
export interface ChangedFiles extends CommitRequest {
  readonly repository: GitRepository;
  readonly changes: readonly GitChange[];
}

/**
 * Looks whether the files of a plan can become one commit of their own, before any is written; or says what is in the way.
 * What an earlier run has written and not committed belongs to it, other changes of these files do not.
 */
export function prepareCommit(
  request: CommitRequest,
  { change, steps }: CommittedPlan,
): Result<PreparedCommit, string> {
  const touched = [...change.creates, ...change.edits].map((it) => it.uri).concat(change.deletes);
  const repository = findRepository([...request.names, ...touched]);
  if ("message" in repository) return failed(`--commit needs a repository of Git: ${repository.message}`);
  const busy = findUnderWay(repository);
  if (busy !== undefined) return failed(`${busy} is under way in this repository; end it first`);
  const changes = relevantChanges(request, repository);
  if ("message" in changes) return failed(changes.message);
  const explained = explainedPaths({ ...request, repository, changes }, change);
  if (!explained.ok) return explained;
  const { begun, ended } = explained.value;
  // One commit must not both switch the Shoots and take the old Secret away: they would lose it before they have reconciled.
  if (
    begun[0] !== undefined &&
    steps.some((it) => it.do === "delete-secret" && it.secret.name === request.request.secret.name)
  )
    return failed(
      `the switch to the new Secret is not committed yet ("${repository.fileOf(begun[0])}"); "rotate resume --commit" does that, and it must be deployed before the old Secret goes`,
    );
  const secret = trackSecret(request.request, repository);
  const paths = new Set([...touched.map(repository.pathOf), ...begun, ...ended]);
  const brought = steps.flatMap((it) => (it.do === "create-secret" || it.do === "reuse-secret" ? (it.uri ?? []) : []));
  const ignored = brought.find((it) => trackingOf(repository, repository.pathOf(it)) === "ignored");
  if (secret === "tracked" && ignored !== undefined)
    return failed(`"${ignored}" is ignored by Git and would be missing in the commit; change .gitignore first`);
  const isOut = ({ index }: GitChange): boolean => index === "?" && secret !== "tracked";
  return {
    ok: true,
    value: {
      pathOf: (name) => repository.pathOf(name) || ".",
      isNeeded: touched.length + begun.length + ended.length > 0,
      leftOut: secret === "tracked" ? [] : brought,
      commit: (message) => commit(repository, { message, isWanted: (it) => paths.has(it.path) && !isOut(it) }),
    },
  };
}

/** What differs from the last commit and may be of the rotation: its files, those that are gone, and kustomizations. */
function relevantChanges(
  { texts }: CommitRequest,
  repository: GitRepository,
): readonly GitChange[] | { readonly message: string } {
  const known = new Set(Object.keys(texts).map(repository.pathOf));
  const changes = readChanges(repository);
  if ("message" in changes) return changes;
  const isGone = ({ index, workTree }: GitChange): boolean => index === "D" || workTree === "D";
  return changes.filter((it) => known.has(it.path) || isGone(it) || isKustomization(it.path));
}

/** Who keeps the old Secret out of Git does not want the new one there. */
function trackSecret({ files, secret }: RotationFiles, repository: GitRepository): "tracked" | "ignored" | "untracked" {
  const holder = files.find((it) => it.documents.some((of) => of.secrets.some(({ name }) => name === secret.name)));
  return holder === undefined ? "tracked" : trackingOf(repository, repository.pathOf(holder.uri));
}

function commit(
  repository: GitRepository,
  { message, isWanted }: { readonly message: string; readonly isWanted: (change: GitChange) => boolean },
): Result<string | undefined, string> {
  const changes = readChanges(repository);
  if ("message" in changes) return failed(changes.message);
  const made = commitFiles(repository, changes.filter(isWanted), message);
  return "message" in made ? failed(made.message) : { ok: true, value: made.commit };
}

function failed(error: string): { readonly ok: false; readonly error: string } {
  return { ok: false, error };
}
