import type { FileReport } from "../analyze/inspect.ts";
import type { Workspace } from "../analyze/open-workspace.ts";
import type { ManifestFile } from "../manifest/manifest.ts";
import { template } from "../rules/template.ts";
import { isKustomization, kustomizationsFor } from "./kustomization.ts";
import type { RotationRequest } from "./request.ts";
import type { SecretId } from "./rotation.ts";
import { isLaterVersion } from "./versions.ts";

/** The files whose texts a plan for a Secret needs. */
export function rotationFiles(secret: SecretId, workspace: Workspace): readonly string[] {
  const { garden } = workspace;
  const later = garden.secretNames(secret.namespace).filter((it) => isLaterVersion(secret.name, it));
  const names = [secret.name, ...later];
  const manifests = names.flatMap((it) => garden.manifestsOf(it, secret.namespace).map(({ uri }) => uri));
  const entries = names.flatMap((name) => garden.mentionsOf({ ...secret, name }).map(({ uri }) => uri));
  const others = [...workspace.uris()].filter((uri) => isKustomization(uri) || isTemplate(workspace.report(uri)));
  return [...new Set([...manifests, ...entries, ...others])];
}

/** What a plan is made from in an editor; files that it cannot give are left out. */
export function editorRequest(
  secret: SecretId,
  textOf: (uri: string) => ManifestFile | undefined,
  workspace: Workspace,
): RotationRequest {
  const files = rotationFiles(secret, workspace).flatMap((uri) => textOf(uri) ?? []);
  const uris = new Set(workspace.uris());
  return {
    secret,
    files,
    kustomizations: kustomizationsFor(
      files,
      workspace.garden.manifestsOf(secret.name, secret.namespace).map((it) => it.uri),
    ),
    findingsOf: (uri) => workspace.findingsOf(uri),
    taken: takenNames(secret, workspace, uris),
    fileExists: (uri) => uris.has(uri),
  };
}

/** The names that a new Secret must not have: of those that are written, and of those that are only named. */
function takenNames({ namespace }: SecretId, workspace: Workspace, uris: ReadonlySet<string>): ReadonlySet<string> {
  const named = [...uris].flatMap((uri) => {
    const references = workspace.report(uri)?.shoots.flatMap((it) => it.references) ?? [];
    return references.flatMap(({ target }) => (target === undefined ? [] : [target.name]));
  });
  return new Set([...workspace.garden.secretNames(namespace), ...named]);
}

function isTemplate(report: FileReport | undefined): boolean {
  return report?.findings.some((it) => it.code === template.code) === true;
}
