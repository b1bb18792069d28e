import { type ManifestFile, readManifests } from "../manifest/manifest.ts";
import type { Edit } from "../text/edit.ts";
import type { FileEdits } from "../workspace/finding.ts";
import { applyFileChange } from "./apply-file-change.ts";
import { type FoundSecret, manifestsIn, type SecretManifest } from "./find-secret.ts";
import { type Removal, removeManifest } from "./remove-manifest.ts";
import type { RotationFiles } from "./request.ts";
import { type FileChange, noChange, type RotationStep } from "./rotation.ts";
import { joinEdits } from "./switch-shoots.ts";

/**
 * Removes the manifests of several Secrets, in files that are edited otherwise, too. They may share a file, or a list of a
 * kustomization, where the edits for one lie in the way of those for the next: so each is taken out of what the others left.
 */
export function removeManifests(
  request: RotationFiles,
  found: readonly FoundSecret[],
  edits: readonly FileEdits[],
): Removal {
  const [only, ...others] = found;
  if (only === undefined) return { steps: [], change: { ...noChange, edits } };
  if (others.length === 0) {
    const { steps, change } = removeManifest(request, only);
    return { steps, change: { ...change, edits: joinEdits([...edits, ...change.edits]) } };
  }
  const steps: RotationStep[] = [];
  const deletes: string[] = [];
  const edited = applyTo(request, { ...noChange, edits });
  let left = edited;
  for (const it of found) {
    const now = findAgain(left, it);
    if (now === undefined) continue;
    const removal = removeManifest(left, now);
    steps.push(...removal.steps);
    deletes.push(...removal.change.deletes);
    left = applyTo(left, removal.change);
  }
  const touched = new Set([...editsBetween(edited, left).map((it) => it.uri), ...deletes]);
  const own = editsBetween(request, left).filter((it) => touched.has(it.uri));
  return { steps, change: { edits: [...edits.filter((it) => !touched.has(it.uri)), ...own], creates: [], deletes } };
}

function findAgain({ files }: RotationFiles, { id, file }: FoundSecret): FoundSecret | undefined {
  const isIt = (it: SecretManifest): boolean => it.file.uri === file.uri && it.secret.name === id.name;
  const found = manifestsIn(files, id.namespace).find(isIt);
  return found && { ...found, id };
}

function applyTo(request: RotationFiles, change: FileChange): RotationFiles {
  const before = filesOf(request);
  const texts = applyFileChange(Object.fromEntries([...before].map(([uri, { text }]) => [uri, text])), change);
  const after = (file: ManifestFile): ManifestFile => {
    const text = texts[file.uri] ?? "";
    return text === file.text ? file : readManifests(file.uri, text);
  };
  return {
    ...request,
    files: request.files.filter((it) => Object.hasOwn(texts, it.uri)).map(after),
    kustomizations: request.kustomizations.map((it) => ({ ...it, file: after(it.file) })),
  };
}

function editsBetween(before: RotationFiles, after: RotationFiles): FileChange["edits"] {
  const left = filesOf(after);
  return [...filesOf(before)].flatMap(([uri, { text }]) => {
    const now = left.get(uri)?.text;
    return now === undefined || now === text ? [] : [{ uri, edits: [editBetween(text, now)] }];
  });
}

function filesOf({ files, kustomizations }: RotationFiles): ReadonlyMap<string, ManifestFile> {
  return new Map([...files, ...kustomizations.map((it) => it.file)].map((it) => [it.uri, it]));
}

/** One edit of all that differs. */
function editBetween(before: string, after: string): Edit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { span: { start, end: before.length - end }, text: after.slice(start, after.length - end) };
}
