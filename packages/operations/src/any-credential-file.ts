import { parseDockerConfig, type Result, readManifests, type SecretView } from "@registry-cache/core";
import type { Credential } from "@registry-cache/upstream";
import { dockerConfigIn, keyOf, loginIn, readCredentialFile } from "./credential-file.ts";
import { credentialIn } from "./secret-credential.ts";

/** A file with a login in any form; with a username it holds just the password. */
export interface AnyCredentialFile {
  readonly file: string;
  readonly username: string | undefined;
}

/** What a file was recognised as, in words, and how its login is found. */
interface Recognised {
  readonly title: string;
  readonly read: (upstream: string | undefined) => Result<Credential, string> | Promise<Result<Credential, string>>;
}

/** Reads a login from a file whatever it is. What is not recognised is an error that says what was expected. */
export async function readAnyCredential(
  { file: path, username }: AnyCredentialFile,
  upstream: string | undefined,
): Promise<Result<Credential, string>> {
  const file = readCredentialFile(path);
  if (!file.ok) return file;
  const text = file.value.replace(/^\ufeff/, "");
  const found = recognise(path, text);
  if (found !== undefined) {
    // Which of two usernames is meant nobody could tell.
    if (username !== undefined)
      return failed(`${path}: is ${found.title}, which has its username: leave out --username`);
    return found.read(upstream);
  }
  return username === undefined ? failed(`${path}: ${expected}`) : passwordOf(path, text, username);
}

const expected = [
  "is none of these: a key of a Google service account, a configuration of Docker or podman,",
  "the manifest of a pull secret or of a Secret with username and password; with --username it is a file that holds just the password",
].join(" ");

function recognise(path: string, text: string): Recognised | undefined {
  if (/^\s*\{/.test(text)) {
    if (isServiceAccountKey(text)) return { title: "a key of a Google service account", read: () => toKey(path, text) };
    if (parseDockerConfig(text) !== undefined)
      return { title: "a configuration of Docker", read: fromConfig(path, text) };
  }
  const secrets = readManifests(path, text).documents.flatMap((it) => it.secrets);
  const [first] = secrets;
  if (first === undefined) return undefined;
  const title = secrets.length > 1 ? `a manifest of ${secrets.length} Secrets` : "the manifest of a Secret";
  return { title, read: fromSecrets(path, secrets) };
}

function isServiceAccountKey(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "type" in value && value.type === "service_account";
  } catch {
    return false;
  }
}

function toKey(path: string, text: string): Result<Credential, string> {
  const key = keyOf(text);
  return key === undefined ? failed(`${path}: is no JSON`) : { ok: true, value: key };
}

/** A file on the disk is the user's own, whose programs may run; what comes by a pipe may come from anywhere. */
function fromConfig(path: string, text: string): Recognised["read"] {
  return async (upstream) => {
    if (upstream === undefined) return failed(whichRegistry);
    return loginIn(text, { path, upstream, runsPrograms: path !== "-" });
  };
}

function fromSecrets(path: string, secrets: readonly SecretView[]): Recognised["read"] {
  return async (upstream) => {
    const [secret, ...others] = secrets;
    if (secret === undefined || others.length > 0)
      return failed(`${path}: holds ${secrets.length} Secrets, and a file with one is expected`);
    const config = dockerConfigIn(secret);
    if (config === undefined) {
      const login = credentialIn(secret, "has no login");
      return login.ok ? login : failed(`${path}: ${login.error}`);
    }
    return upstream === undefined ? failed(whichRegistry) : loginIn(config, { path, upstream, runsPrograms: false });
  };
}

/** The answer where a file holds logins of many registries. */
export const whichRegistry = "must know the registry whose login is meant: --upstream";

function passwordOf(path: string, text: string, username: string): Result<Credential, string> {
  const password = text.replace(/\r?\n$/, "");
  if (password === "") return failed(`${path}: is empty, and with --username it is to hold the password`);
  if (/[\r\n]/.test(password))
    return failed(`${path}: holds more than one line, and with --username just the password is expected`);
  if (password.includes("\ufffd")) return failed(`${path}: is not UTF-8, so it holds no password`);
  return { ok: true, value: { username, password } };
}

function failed(error: string): { readonly ok: false; readonly error: string } {
  return { ok: false, error };
}
