import {
  applyFileChange,
  type Blocker,
  type CacheSetup,
  type FileChange,
  type FileFinish,
  type FileRollback,
  type FileRotation,
  type FileTexts,
  type Finding,
  type NewValues,
  planFileFinish,
  planFileRollback,
  planFileRotation,
  type RemoteChange,
  type Result,
  type RotationStatus,
  rotationStatus,
  type SecretId,
} from "@registry-cache/core";
import { changeFiles, type FileAction, fileExists, type Problem } from "@registry-cache/files";
import { cleanUp } from "./clean-up.ts";
import { concludeAll } from "./conclude-all.ts";
import type { Change } from "./fix.ts";
import { inspectAll, type OnProgress } from "./inspect-all.ts";
import { findingsBrought } from "./rotation-check.ts";
import { type CommittedPlan, type PreparedCommit, prepareCommit } from "./rotation-commit.ts";
import { credentialIn, setupsFor, valueIn } from "./rotation-credential.ts";
import { readRotationTexts } from "./rotation-texts.ts";
import { type SealingOptions, sealNewFiles } from "./seal-new-files.ts";
import { openWorkspace } from "./workspace.ts";

/** Which Secret in which files. */
export interface RotationTarget {
  /** Files and directories, as the user named them. Directories are read whole: a file left out would leave a Shoot behind. */
  readonly names: readonly string[];
  readonly secret: SecretId;
}

/** What a new Secret is to hold; absent values are left empty. */
export interface NewSecretOptions {
  readonly values?: NewValues | undefined;
  /** Where an ExternalSecret finds the new values. */
  readonly remote?: RemoteChange | undefined;
  /** Only go on with what is there. */
  readonly resume?: boolean | undefined;
  /** The day, as `2026-01-31`. */
  readonly today: string;
}

/** The manifests around a Secret, read once: what can be done, and what it would change. Nothing is written but by `write`. */
export interface OpenRotation {
  /** What could not be read. With any of these nothing should be planned: what is not seen would be left behind. */
  readonly problems: readonly Problem[];
  planRotation(options: NewSecretOptions): Result<FileRotation, readonly Blocker[]>;
  planFinish(): Result<FileFinish, readonly Blocker[]>;
  planRollback(): Result<FileRollback, readonly Blocker[]>;
  status(): Result<RotationStatus, readonly Blocker[]>;
  /** The credential in the plain manifest of a Secret; undefined where it cannot be read. Never print it. */
  credentialOf(secret: SecretId): NewValues | undefined;
  /** What the caches that a plan is about are given to work with. */
  setupsOf(plan: Pick<FileRotation, "from" | "to" | "namespace">): readonly CacheSetup[];
  /** The username in the manifest of the old Secret, to go with a new password; undefined where it cannot be read. */
  oldUsername(): string | undefined;
  /** The text of a file as it was read. */
  readText(uri: string): string | undefined;
  /** The texts that a change makes, with empty ones where a file comes or goes. */
  changesOf(change: FileChange): readonly Change[];
  /** What would be found after a change and is not found now. */
  findingsBrought(change: FileChange): readonly Finding[];
  /** Looks whether what a plan writes can become one commit of its own; or says what is in the way. */
  prepareCommit(plan: CommittedPlan): Result<PreparedCommit, string>;
  /** Lets kubeseal or sops make what is sealed in a change; before that it cannot be written. */
  seal(
    change: FileChange,
    values: NewValues | undefined,
    options: SealingOptions | undefined,
  ): Promise<Result<FileChange, Problem>>;
  /** Removes what a run that was killed has left beside the files, which may hold values. Writing does so first. */
  cleanUp(): void;
  /** Carries a change out, file by file, and gives the problem at which it stopped; then the same plan again does the rest. */
  write(change: FileChange, onDone: (action: FileAction["do"], uri: string) => void): Promise<Problem | undefined>;
}

/** Reads the manifests around a Secret. */
export function openRotation({ names, secret }: RotationTarget, onProgress?: OnProgress): OpenRotation {
  const workspace = openWorkspace({ names, recursive: true });
  inspectAll(workspace, { onProgress });
  const findings = concludeAll(workspace);
  const { files, kustomizations, versions } = readRotationTexts(workspace, secret.name);
  const request = { secret, files, kustomizations, findingsOf: (uri: string) => findings.get(uri) ?? [] };
  const all = [...files, ...kustomizations.map((it) => it.file)];
  const texts: FileTexts = Object.fromEntries(all.map((it) => [it.uri, it.text]));
  return {
    problems: workspace.problems.list,
    planRotation: (options) => planFileRotation({ ...request, ...options, fileExists }),
    planFinish: () => planFileFinish(request),
    planRollback: () => planFileRollback(request),
    status: () => rotationStatus(request),
    credentialOf: (of) => credentialIn(files, of),
    setupsOf: (plan) => setupsFor(files, plan),
    oldUsername: () => valueIn(files, secret, "username"),
    readText: (uri) => texts[uri],
    changesOf: (change) => changesOf(texts, change),
    findingsBrought: (change) => findingsBrought(workspace, texts, drafted(change)),
    prepareCommit: (plan) => prepareCommit({ names, request, texts }, plan),
    seal: sealNewFiles,
    cleanUp: () => cleanUp(texts, secret.name),
    write: (change, onDone) => {
      cleanUp(texts, secret.name);
      return write(actionsOf(texts, versions, change), onDone);
    },
  };
}

/** Values are judged as they were given: sealed ones cannot be. */
function drafted(change: FileChange): FileChange {
  return { ...change, creates: change.creates.map((it) => ({ ...it, text: it.sealing?.draft ?? it.text })) };
}

function changesOf(texts: FileTexts, change: FileChange): readonly Change[] {
  const after = applyFileChange(texts, change);
  const uris = [...change.creates, ...change.edits].map((it) => it.uri);
  return [...new Set([...uris, ...change.deletes])].map((uri) => {
    return { uri, before: texts[uri] ?? "", after: after[uri] ?? "" };
  });
}

/** New files first and deletions last: whatever stops between two files, no Shoot names a Secret that is not there. */
function actionsOf(texts: FileTexts, versions: ReadonlyMap<string, string>, change: FileChange): readonly FileAction[] {
  const after = applyFileChange(texts, change);
  const version = (uri: string): string => versions.get(uri) ?? "";
  if (change.creates.some((it) => it.sealing !== undefined))
    throw new Error("unreachable: what is not sealed is written");
  return [
    ...change.creates.map(({ uri, text, like }) => ({ do: "create", uri, text, like }) as const),
    ...change.edits.map(({ uri }) => ({ do: "replace", uri, version: version(uri), text: after[uri] ?? "" }) as const),
    ...change.deletes.map((uri) => ({ do: "delete", uri, version: version(uri) }) as const),
  ];
}

async function write(
  actions: readonly FileAction[],
  onDone: (action: FileAction["do"], uri: string) => void,
): Promise<Problem | undefined> {
  const problems: Problem[] = [];
  await changeFiles(actions, (action, message) => {
    if (message === undefined) onDone(action.do, action.uri);
    else problems.push({ file: action.uri, message });
  });
  return problems[0];
}
