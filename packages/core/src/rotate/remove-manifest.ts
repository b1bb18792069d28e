import type { FoundSecret, SecretManifest } from "./find-secret.ts";
import { listingsOf, unlistFile } from "./kustomization.ts";
import { isAlone, removeSecret } from "./remove-secret.ts";
import type { RotationFiles } from "./request.ts";
import type { Blocker, FileChange, RotationStep } from "./rotation.ts";

/** Some steps of a plan with the change that they make. */
export interface Removal {
  readonly steps: readonly RotationStep[];
  readonly change: FileChange;
}

/** Removes the manifest of a Secret: its file, and its lines in kustomizations; of a file with more in it only its own part. */
export function removeManifest(request: RotationFiles, found: FoundSecret): Removal {
  const { uri } = found.file;
  const alone = isAlone(found);
  const listings = alone ? listingsOf(request, uri) : [];
  const unlisted = listings.map(
    (it): RotationStep => ({ do: "unlist-file", path: it.written, uri: it.kustomization.file.uri }),
  );
  const edits = listings.map((it) => ({ uri: it.kustomization.file.uri, edits: [unlistFile(it)] }));
  const change: FileChange = alone
    ? { edits, creates: [], deletes: [uri] }
    : { edits: [{ uri, edits: [removeSecret(found)] }], creates: [], deletes: [] };
  return { steps: [...unlisted, { do: "delete-secret", secret: found.id, uri }], change };
}

/** What keeps a manifest from being removed: SOPS signs a file as a whole, so only sops can take a part out of it. */
export function cannotRemove(found: SecretManifest): readonly Blocker[] {
  const { file, secret } = found;
  if (secret.form !== "SopsSecret" || isAlone(found)) return [];
  const message = `Secret "${secret.name}" shares a file that SOPS has signed as a whole; remove it with "sops edit"`;
  return [{ kind: "not-plain", message, place: { uri: file.uri, span: secret.nameSpan } }];
}
