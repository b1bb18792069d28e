import {
  type CacheSetup,
  credentialKind,
  expiryAnnotation,
  inspect,
  newSecretManifest,
  type Result,
  readDateTime,
  readManifests,
} from "@registry-cache/core";
import { changeFiles, fileExists } from "@registry-cache/files";
import type { Credential } from "@registry-cache/upstream";
import { type AnyCredentialFile, readAnyCredential, whichRegistry } from "./any-credential-file.ts";
import { readKey, readPullSecret } from "./credential-file.ts";
import { type DockerSource, findLogin } from "./docker-login.ts";
import { loadUpstream } from "./load-upstream.ts";
import { type CacheProbe, distinctSetups, type ProbeOptions, probeCaches } from "./probe.ts";

/** Where the values of a new Secret come from. */
export type SecretSource =
  | { readonly kind: "given"; readonly credential: Credential }
  | { readonly kind: "service-account-key"; readonly file: string }
  | { readonly kind: "docker"; readonly source: DockerSource }
  /** A credential helper of Docker, without the beginning of its name. */
  | { readonly kind: "helper"; readonly helper: string }
  | { readonly kind: "pull-secret"; readonly file: string }
  /** A file with a login in any of these forms, or with a username just the password. */
  | ({ readonly kind: "file" } & AnyCredentialFile);

/** Reads a credential from where a user says it is; the error names the place, no value is in it. */
export async function readCredentialSource(
  source: SecretSource,
  upstream: string | undefined,
): Promise<Result<Credential, string>> {
  if (source.kind === "given") return { ok: true, value: source.credential };
  if (source.kind === "service-account-key") return readKey(source.file);
  if (source.kind === "file") return readAnyCredential(source, upstream);
  if (upstream === undefined) return failed(whichRegistry);
  if (source.kind === "docker") return findLogin(source.source, { upstream });
  if (source.kind === "helper") {
    const { findDockerLogin } = await loadUpstream();
    return findDockerLogin({ auths: [], store: source.helper, helpers: new Map() }, { upstream });
  }
  return readPullSecret(source.file, upstream);
}

/** What a new Secret is called and holds. */
export interface SecretDraftRequest {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly credential: Credential;
  readonly format: "yaml" | "json";
  readonly labels: { readonly [key: string]: string };
  /** When a person says that it ends: a day or a time in RFC 3339. */
  readonly expires: string | undefined;
}

/** A manifest with what the rules say of it. */
export interface SecretDraft {
  readonly manifest: string;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** Writes the manifest of an immutable Secret and checks it by the rules for the Secrets of caches. */
export function draftSecret(request: SecretDraftRequest): SecretDraft {
  const { name, namespace, credential, format, labels } = request;
  const uri = `${name}.${format}`;
  const values = { purpose: "credentials", username: credential.username, password: credential.password } as const;
  const metadata = { labels, annotations: annotationsOf(request) };
  const secret = { name, namespace };
  const { text } = newSecretManifest({ uri, secret, purpose: "credentials", values, metadata });
  const findings = inspect(readManifests(uri, text)).secrets.flatMap((it) => it.findings.credentials);
  const told = findings.filter((it) => !it.ifCommitted).map(({ finding }) => finding);
  const linesOf = (wanted: (severity: string) => boolean): readonly string[] =>
    told.filter((it) => wanted(it.severity)).map((it) => `${it.code} ${it.message}`);
  return {
    manifest: text,
    errors: linesOf((it) => it === "error"),
    warnings: [...linesOf((it) => it === "warning"), ...earlierEnd(request)],
  };
}

/** What a person declares of a Secret. */
export function annotationsOf({ expires }: Pick<SecretDraftRequest, "expires">): { readonly [key: string]: string } {
  return expires === undefined ? {} : { [expiryAnnotation]: expires };
}

/** A token that tells its end is right about it. */
function earlierEnd({ credential, expires }: SecretDraftRequest): readonly string[] {
  const { expiresAt } = credentialKind(credential.username, credential.password);
  const declared = expires === undefined ? undefined : readDateTime(expires);
  if (expiresAt === undefined || declared === undefined || declared <= expiresAt) return [];
  return [
    `the token ends on ${new Date(expiresAt * 1000).toISOString().slice(0, 10)}, before the day that is declared`,
  ];
}

/** Tries a credential at the upstreams that it is for, before it is written anywhere; once for each address and proxy. */
export function probeCredential(
  how: Omit<ProbeOptions, "target" | "credential">,
  setups: readonly CacheSetup[],
  credential: Credential,
): Promise<Result<readonly CacheProbe[], string>> {
  const target = { kind: "setups", setups: distinctSetups(setups) } as const;
  return probeCaches({ ...how, target, credential: { kind: "given", credential } });
}

/** Writes a manifest into a directory as a file that only its owner can read; gives its path. A file that is there is left alone. */
export async function writeSecret(directory: string, fileName: string, text: string): Promise<Result<string, string>> {
  const uri = `${directory.replace(/(.)\/+$/, "$1")}/${fileName}`;
  if (!fileExists(directory)) return failed(`${directory}: no such directory`);
  if (fileExists(uri)) return failed(`${uri}: is there already, choose another name or remove it`);
  const problems: string[] = [];
  await changeFiles([{ do: "create", uri, text, like: undefined }], (_, message) => {
    if (message !== undefined) problems.push(message);
  });
  const [problem] = problems;
  return problem === undefined ? { ok: true, value: uri } : failed(`${uri}: ${problem}`);
}

function failed(error: string): { readonly ok: false; readonly error: string } {
  return { ok: false, error };
}
