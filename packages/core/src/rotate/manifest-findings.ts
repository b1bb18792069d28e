import { manifestsIn } from "./find-secret.ts";
import type { RotationFiles } from "./request.ts";
import type { Blocker, SecretId } from "./rotation.ts";

/** Why the Secret that is to be used from now on is not ready: its manifest is not at hand, or has errors. */
export function manifestFindings(
  { files, findingsOf }: RotationFiles,
  { name, namespace }: SecretId,
): readonly Blocker[] {
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
