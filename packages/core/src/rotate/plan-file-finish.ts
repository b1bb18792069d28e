import { fail, type Result, succeed } from "../text/result.ts";
import { entriesNaming } from "./chain.ts";
import { successorOf } from "./choose-target.ts";
import { type FoundSecret, findNamespace, findSecret } from "./find-secret.ts";
import { manifestFindings } from "./manifest-findings.ts";
import { otherUses } from "./other-uses.ts";
import { cannotRemove, removeManifest } from "./remove-manifest.ts";
import type { RotationFiles } from "./request.ts";
import { type Blocker, type FileFinish, noChange, type SecretId } from "./rotation.ts";

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
  const inTheWay = [...manifestFindings(request, { ...id, name: to }), ...cannotRemove(found.value)];
  return inTheWay.length > 0 ? fail(inTheWay) : succeed(planRemoval(request, found.value, to));
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

function planRemoval(request: RotationFiles, found: FoundSecret, to: string): FileFinish {
  const { steps, change } = removeManifest(request, found);
  return { ...fromTo(found.id, to), state: "planned", steps, change };
}
