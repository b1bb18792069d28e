import { fail, type Result, succeed } from "../text/result.ts";
import { blockingFindings } from "./blocking-findings.ts";
import { type ChainEntry, entriesOf } from "./chain.ts";
import { laterManifests } from "./choose-target.ts";
import { type FoundSecret, findNamespace, findSecret, type SecretManifest } from "./find-secret.ts";
import { leftAlone } from "./notes.ts";
import { otherUses } from "./other-uses.ts";
import { cannotRemove } from "./remove-manifest.ts";
import { removeManifests } from "./remove-manifests.ts";
import type { RotationFiles } from "./request.ts";
import { type Blocker, type FileRollback, noChange, type RotationNote, type SecretId } from "./rotation.ts";
import { joinEdits, switchAll, switchSteps } from "./switch-shoots.ts";
import { isLaterVersion } from "./versions.ts";

/**
 * Plans the way back of a rotation in manifests: every entry that names a later version names the old Secret again, and the
 * later versions go, with their lines in kustomizations. What something else names stays. Planned again after a part of it
 * was carried out, it plans only what is left.
 */
export function planFileRollback(request: RotationFiles): Result<FileRollback, readonly Blocker[]> {
  const namespace = findNamespace(request);
  if (!namespace.ok) return fail([namespace.error]);
  const id = { name: request.secret.name, namespace: namespace.value };
  const entries = entriesOf(request.files, id.namespace).filter((it) => {
    return isLaterVersion(id.name, it.entry.target?.value ?? "");
  });
  const found = findSecret(request);
  if (!found.ok) return fail(withoutOld(found.error, id, entries));
  const blockers = blockersOf(request, found.value, entries);
  return blockers.length > 0 ? fail(blockers) : planReturn(request, id, entries);
}

function withoutOld(
  blockers: readonly Blocker[],
  { name }: SecretId,
  entries: readonly ChainEntry[],
): readonly Blocker[] {
  const [used] = entries.map((it) => it.entry.target?.value);
  if (used === undefined || !blockers.every((it) => it.kind === "unknown-secret")) return blockers;
  const message = `Secret "${name}" has no manifest in these files any more, so there is no way back to it; to leave "${used}", rotate that`;
  return [{ kind: "old-gone", message }];
}

/** The findings on the chain of any version. What is wrong with the old Secret was so before the rotation, too. */
function blockersOf(
  request: RotationFiles,
  { id, ...manifest }: FoundSecret,
  entries: readonly ChainEntry[],
): readonly Blocker[] {
  const { files, findingsOf } = request;
  const names = new Set([id.name, ...entries.flatMap((it) => it.entry.target?.value ?? [])]);
  const onChain = [...names].flatMap((name) => {
    return blockingFindings(files, findingsOf, { id: { ...id, name }, manifest });
  });
  return [...new Map(onChain.map((it) => [`${it.place?.uri} ${it.place?.span.start} ${it.code}`, it])).values()];
}

function planReturn(
  request: RotationFiles,
  id: SecretId,
  entries: readonly ChainEntry[],
): Result<FileRollback, readonly Blocker[]> {
  const switched = switchAll(entries, id.name);
  if (!switched.ok) return switched;
  const later = laterManifests(request, id);
  const isNamed = ({ secret }: SecretManifest): boolean => {
    return otherUses(request.files, { ...id, name: secret.name }).length > 0;
  };
  const removed = later.filter((it) => !isNamed(it));
  const inTheWay = removed.flatMap(cannotRemove);
  if (inTheWay.length > 0) return fail(inTheWay);
  const removal = removeManifests(
    request,
    removed.map((it) => ({ ...it, id: { ...id, name: it.secret.name } })),
    joinEdits(switched.value),
  );
  const names = new Set([
    ...later.map((it) => it.secret.name),
    ...entries.flatMap((it) => it.entry.target?.value ?? []),
  ]);
  const from = [...names].sort((a, b) => (isLaterVersion(a, b) ? 1 : -1));
  const { name: to, namespace } = id;
  if (from.length === 0) return succeed({ state: "done", namespace, from, to, steps: [], notes: [], change: noChange });
  const steps = [...switchSteps(entries, to), ...removal.steps];
  const notes = later.filter(isNamed).flatMap((it) => notesOnKept(request, id, it));
  const state = steps.length === 0 ? "done" : "planned";
  return succeed({ state, namespace, from, to, steps, notes, change: removal.change });
}

function notesOnKept(request: RotationFiles, id: SecretId, { file, secret }: SecretManifest): readonly RotationNote[] {
  const place = { uri: file.uri, span: secret.nameSpan };
  const kept = {
    kind: "kept-manifest",
    message: `Secret "${secret.name}" stays, since something names it`,
    place,
  } as const;
  return [kept, ...leftAlone(request, { ...id, name: secret.name })];
}
