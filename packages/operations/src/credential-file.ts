import { decodeUtf8, parseDockerConfig, type Result, readManifests, type SecretView } from "@registry-cache/core";
import { createReader, readTextFile, stdinUri } from "@registry-cache/files";
import type { Credential } from "@registry-cache/upstream";
import { loadUpstream } from "./load-upstream.ts";

/** Reads the key of a Google service account, on one line, so that YAML has nothing to fold in the cache's configuration. */
export function readKey(path: string): Result<Credential, string> {
  const file = readCredentialFile(path);
  if (!file.ok) return file;
  const key = keyOf(file.value);
  return key === undefined ? failed(`${path}: is no JSON`) : { ok: true, value: key };
}

/** The login that a key's text is; undefined for what is no JSON. */
export function keyOf(text: string): Credential | undefined {
  try {
    const key: unknown = JSON.parse(text);
    return { username: "_json_key", password: JSON.stringify(key) };
  } catch {
    return undefined;
  }
}

/** Reads the login for an upstream from the manifest of a pull secret. */
export async function readPullSecret(path: string, upstream: string): Promise<Result<Credential, string>> {
  const file = readCredentialFile(path);
  if (!file.ok) return file;
  const secrets = readManifests(path, file.value).documents.flatMap((it) => it.secrets);
  const config = secrets.map(dockerConfigIn).find((it) => it !== undefined);
  if (config === undefined) return failed(`${path}: holds no readable pull secret`);
  return loginIn(config, { path, upstream, runsPrograms: false });
}

/** The configuration of Docker that a pull secret holds, as text; undefined where it is none or cannot be read. */
export function dockerConfigIn({ entries }: SecretView): string | undefined {
  const entry = entries.find(({ key }) => key === ".dockerconfigjson" || key === ".dockercfg");
  return entry?.bytes === undefined ? undefined : decodeUtf8(entry.bytes).text;
}

/** Which login of a configuration, and whether its programs may run: not those of a manifest, which may come from anywhere. */
interface LoginWanted {
  readonly path: string;
  readonly upstream: string;
  readonly runsPrograms: boolean;
}

/** Finds the login for an upstream in the text of a configuration of Docker. */
export async function loginIn(
  config: string,
  { path, upstream, runsPrograms }: LoginWanted,
): Promise<Result<Credential, string>> {
  const parsed = parseDockerConfig(config);
  if (parsed === undefined) return failed(`${path}: the pull secret holds no configuration of Docker`);
  const { findDockerLogin } = await loadUpstream();
  const usable = runsPrograms ? parsed : { ...parsed, store: undefined, helpers: new Map() };
  const login = await findDockerLogin(usable, { upstream });
  return login.ok ? login : failed(`${path}: ${login.error}`);
}

/** Reads a file, or with `-` standard input: so a Secret comes from kubectl without a copy on the disk. */
export function readCredentialFile(path: string): Result<string, string> {
  if (path === "-") {
    const reading = createReader().read({ uri: stdinUri, named: true, base: 0 });
    return reading.kind === "text" ? { ok: true, value: reading.text } : failed("-: standard input cannot be read");
  }
  const file = readTextFile(path);
  if (file === undefined) return failed(`${path}: no such file or directory`);
  return "message" in file ? failed(`${path}: ${file.message}`) : { ok: true, value: file.text };
}

function failed(error: string): { readonly ok: false; readonly error: string } {
  return { ok: false, error };
}
