import { credentialOf, type Result, type SecretView } from "@registry-cache/core";
import type { Credential } from "@registry-cache/upstream";
import { readManifestFiles } from "./read-manifests.ts";

/** Which Secret of which files. */
export interface SecretInFiles {
  readonly names: readonly string[];
  readonly recursive: boolean;
  readonly secret: string;
}

/** Reads the credential of a Secret of files; the error says why there is none. */
export function readFileCredential({ names, recursive, secret }: SecretInFiles): Result<Credential, string> {
  const files = readManifestFiles(names, recursive);
  if (!files.ok) return files;
  const all = files.value.flatMap(({ documents }) => documents.flatMap((it) => it.secrets));
  const found = all.filter((it) => it.name === secret);
  if (found.length > 1) return { ok: false, error: `Secret "${secret}" is there ${found.length} times in these files` };
  return credentialIn(found[0], `there is no Secret "${secret}" in these files`);
}

/** The credential of a Secret that was looked for. */
export function credentialIn(secret: SecretView | undefined, otherwise: string): Result<Credential, string> {
  if (secret === undefined) return { ok: false, error: otherwise };
  const credential = credentialOf(secret);
  if (credential.kind === "known") return { ok: true, value: credential };
  return { ok: false, error: credential.kind === "unknown" ? credential.reason : otherwise };
}
