import { fail, type Result, succeed } from "../text/result.ts";
import { entriesNaming } from "./chain.ts";
import { successorOf } from "./choose-target.ts";
import { type FoundSecret, findNamespace, findSecret, manifestsIn } from "./find-secret.ts";
import { listingsOf, unlistFile } from "./kustomization.ts";
import { otherUses } from "./other-uses.ts";
import { isAlone, removeSecret } from "./remove-secret.ts";
import type { RotationFiles } from "./request.ts";
import {
  type Blocker,
  type FileChange,
  type FileFinish,
  noChange,
  type RotationStep,
  type SecretId,
} from "./rotation.ts";

/**
 * Plans the end of a rotation in manifests: the old Secret's manifest goes, and with it its line in a kustomization. Only
 * when nothing in these files names it any more and the version that is used instead is whole; else it says what is in the way.
 */
export function planFileFinish(request: RotationFiles): Result<FileFinish, readonly Blocker[]> {
  const namespace = findNamespace(request);
  if (!namespace.ok) return fail([namespace.error]);
  const id = { name: request.secret.name, namespace: namespace.value };
  const used = stillUsed(request, id);
  if (used.length > 0) return fail(used);
  const to = successorOf(request, id);
  const found = findSecret(request);
  if (!found.ok) {
    const gone = to !== undefined && found.error.every((it) => it.kind === "unknown-secret");
    return gone ? succeed({ ...fromTo(id, to), state: "done", steps: [], change: noChange }) : found;
  }
  if (to === undefined) return fail([notRotated(found.value)]);
  const broken = successorFindings(request, { ...id, name: to });
  return broken.length > 0 ? fail(broken) : succeed(planRemoval(request, found.value, to));
}

function fromTo({ name, namespace }: SecretId, to: string | undefined): Pick<FileFinish, "namespace" | "from" | "to"> {
  return { namespace, from: name, to };
}

function stillUsed({ files }: RotationFiles, id: SecretId): readonly Blocker[] {
  const entries = entriesNaming(files, id).map(({ shoot, entry }): Blocker => {
    const message = `Shoot "${shoot.name?.value ?? "without a name"}" still names Secret "${id.name}"`;
    return { kind: "still-used", message, place: { uri: shoot.uri, span: entry.target?.span ?? entry.span } };
  });
  const others = otherUses(files, id).map(({ what, place }): Blocker => {
    return { kind: "still-used", message: `${what} still names Secret "${id.name}"`, place };
  });
  return [...entries, ...others];
}

function notRotated({ id, file, secret }: FoundSecret): Blocker {
  return {
    kind: "not-rotated",
    message: `no Shoot in these files uses a later version of Secret "${id.name}", so nothing shows that it was rotated`,
    place: { uri: file.uri, span: secret.nameSpan },
  };
}

/** With the old Secret goes the way back, so what is used instead must be at hand and without errors. */
function successorFindings({ files, findingsOf }: RotationFiles, { name, namespace }: SecretId): readonly Blocker[] {
  const manifests = manifestsIn(files, namespace).filter((it) => it.secret.name === name);
  if (manifests.length === 0) {
    const message = `Secret "${name}" has no manifest in these files, so nothing shows that it is whole; name its file, too`;
    return [{ kind: "successor-broken", message }];
  }
  return manifests.flatMap(({ file, document: { span: whole } }) => {
    const errors = findingsOf(file.uri).filter((it) => it.severity === "error");
    return errors
      .filter(({ span }) => whole.start <= span.start && span.start < whole.end)
      .map(({ code, message, uri, span }): Blocker => {
        const reason = `Secret "${name}" is not ready: ${message}`;
        return { kind: "successor-broken", code, message: reason, place: { uri, span } };
      });
  });
}

function planRemoval(request: RotationFiles, found: FoundSecret, to: string): FileFinish {
  const { file, id } = found;
  const alone = isAlone(found);
  const listings = alone ? listingsOf(request, file.uri) : [];
  const unlisted = listings.map(
    (it): RotationStep => ({ do: "unlist-file", path: it.written, uri: it.kustomization.file.uri }),
  );
  const edits = listings.map((it) => ({ uri: it.kustomization.file.uri, edits: [unlistFile(it)] }));
  const change: FileChange = alone
    ? { edits, creates: [], deletes: [file.uri] }
    : { edits: [{ uri: file.uri, edits: [removeSecret(found)] }], creates: [], deletes: [] };
  const steps: readonly RotationStep[] = [...unlisted, { do: "delete-secret", secret: id, uri: file.uri }];
  return { ...fromTo(id, to), state: "planned", steps, change };
}
