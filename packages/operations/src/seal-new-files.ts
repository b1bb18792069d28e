import { completeSealing, type FileChange, type NewFile, type NewValues, type Result } from "@registry-cache/core";
import { type Problem, sopsPlace } from "@registry-cache/files";
import type { StopSignal } from "@registry-cache/garden";
import { sealManifest } from "./seal-manifest.ts";

/** Whom kubeseal seals for. */
export interface SealingOptions {
  /** A file or an address with the certificate of the controller; without one, kubeseal asks the cluster for it. */
  readonly certificate: string | undefined;
  readonly controller?: { readonly name: string | undefined; readonly namespace: string | undefined };
  /** What to do where kubeseal cannot ask the cluster, in the words of whoever asks. */
  readonly withoutCluster?: string;
  /** Ends the program early. */
  readonly signal?: StopSignal;
}

/** Lets kubeseal or sops make the values of the new files that wait for them. Nothing is written; the first that fails is told. */
export async function sealNewFiles(
  change: FileChange,
  values: NewValues | undefined,
  options: SealingOptions | undefined,
): Promise<Result<FileChange, Problem>> {
  const creates: NewFile[] = [];
  for (const file of change.creates) {
    const sealed = await sealFile(file, values, options);
    if (!sealed.ok) return { ok: false, error: { file: file.uri, message: sealed.error } };
    creates.push(sealed.value);
  }
  return { ok: true, value: { ...change, creates } };
}

async function sealFile(
  file: NewFile,
  values: NewValues | undefined,
  options: SealingOptions | undefined,
): Promise<Result<NewFile, string>> {
  const { sealing } = file;
  if (sealing === undefined) return { ok: true, value: file };
  const { program: sealer, draft: manifest, recipients, selection } = sealing;
  const secret = values?.purpose === "credentials" ? values.password : values?.bundle;
  const common = { sealer, manifest, path: file.uri, hidden: secret === undefined ? [] : [secret] };
  const { hasRules, ...place } = sopsPlace(file.uri);
  // An option for whom to encrypt would overrule the rules, which may have changed since the old Secret was encrypted.
  const forSops = { recipients: hasRules ? [] : recipients, ...(selection.length > 0 && { selection }), ...place };
  const { signal } = options ?? {};
  const sealed = await sealManifest({ ...common, signal, ...(sealer === "sops" ? forSops : options) });
  return sealed.ok ? completeSealing({ ...file, sealing }, sealed.value) : sealed;
}
