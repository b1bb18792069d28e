import { decodeUtf8 } from "../encoding/utf8.ts";
import { defaultRemoteUrl } from "../formats/upstream-names.ts";
import type { ManifestFile } from "../manifest/manifest.ts";
import type { Cache } from "../manifest/registry-config.ts";
import type { Secret } from "../manifest/secret.ts";
import type { Shoot } from "../manifest/shoot.ts";
import { declaredExpiry } from "./declared-expiry.ts";

/** What a cache of a Shoot is given to work with: where it pulls from, through what, and with which credential. */
export interface CacheSetup {
  readonly uri: string;
  readonly shoot: string | undefined;
  readonly namespace: string | undefined;
  readonly upstream: string;
  readonly remoteURL: string;
  readonly httpProxy: string | undefined;
  readonly httpsProxy: string | undefined;
  readonly credential: CacheCredentials;
}

/** The end of the chain from a cache to its Secret. Never print `username` and `password`. */
export type CacheCredentials =
  | { readonly kind: "none" }
  | {
      readonly kind: "known";
      readonly secret: string;
      readonly username: string;
      readonly password: string;
      readonly notUtf8: boolean;
      /** When its annotation says that it ends; seconds since 1970. */
      readonly declaredExpiry?: number;
    }
  | { readonly kind: "unknown"; readonly secret: string | undefined; readonly reason: string };

/** The caches of all Shoots, in the order of the files. One without an upstream is left out. */
export function cacheSetups(files: readonly ManifestFile[]): readonly CacheSetup[] {
  const secrets = files.flatMap((it) => it.documents.flatMap(({ secrets: own }) => own));
  return files.flatMap((file) =>
    file.documents.flatMap(({ shoots }) =>
      shoots.flatMap((shoot) => (shoot.registryCache?.caches ?? []).flatMap((cache) => toSetup(shoot, cache, secrets))),
    ),
  );
}

function toSetup(shoot: Shoot, cache: Cache, secrets: readonly Secret[]): readonly CacheSetup[] {
  if (cache.upstream === undefined) return [];
  const proxy = (field: string): string | undefined => cache.proxies.find((it) => it.path.endsWith(`.${field}`))?.value;
  const setup: CacheSetup = {
    uri: shoot.uri,
    shoot: shoot.name?.value,
    namespace: shoot.namespace?.value,
    upstream: cache.upstream.value,
    remoteURL: cache.remoteURL?.value ?? defaultRemoteUrl(cache.upstream.value),
    httpProxy: proxy("httpProxy"),
    httpsProxy: proxy("httpsProxy"),
    credential: followChain(shoot, cache, secrets),
  };
  return [setup];
}

function followChain(shoot: Shoot, { secretReferenceName }: Cache, secrets: readonly Secret[]): CacheCredentials {
  if (secretReferenceName === undefined) return { kind: "none" };
  const reference = secretReferenceName.value;
  const entry = shoot.resources.find((it) => it.name?.value === reference);
  const unknown = (reason: string, secret?: string): CacheCredentials => ({ kind: "unknown", secret, reason });
  if (entry === undefined) return unknown(`"${reference}" is not declared in spec.resources`);
  const name = entry.target?.value;
  if (name === undefined || entry.kind?.value !== "Secret") return unknown(`"${reference}" names no Secret`);
  const namespace = shoot.namespace?.value;
  const found = secrets.filter(
    (it) => it.name === name && (it.namespace === undefined || namespace === undefined || it.namespace === namespace),
  );
  const [secret] = found;
  if (secret === undefined) return unknown(`Secret "${name}" is not in these files`, name);
  if (found.length > 1) return unknown(`Secret "${name}" is there ${found.length} times`, name);
  return credentialOf(secret);
}

/** The credential that a Secret holds, or why it cannot be read here. */
export function credentialOf(secret: Secret): CacheCredentials {
  return readCredential(secret) ?? { kind: "unknown", secret: secret.name, reason: whyUnreadable(secret) };
}

function readCredential(secret: Secret): CacheCredentials | undefined {
  const [username, password] = ["username", "password"].map((key) => secret.entries.find((it) => it.key === key));
  if (username?.bytes === undefined || password?.bytes === undefined) return undefined;
  const [user, pass] = [decodeUtf8(username.bytes), decodeUtf8(password.bytes)];
  const notUtf8 = user.invalidAt !== undefined || pass.invalidAt !== undefined;
  const declared = declaredExpiry(secret);
  return {
    kind: "known",
    secret: secret.name,
    username: user.text,
    password: pass.text,
    notUtf8,
    ...(typeof declared === "number" && { declaredExpiry: declared }),
  };
}

function whyUnreadable({ name, form, entries }: Secret): string {
  if (form !== "Secret") return `Secret "${name}" is a ${form} here, whose values are not readable`;
  const missing = ["username", "password"].filter((key) => !entries.some((it) => it.key === key));
  return missing.length > 0 ? `Secret "${name}" lacks ${missing.join(" and ")}` : `Secret "${name}" cannot be decoded`;
}
