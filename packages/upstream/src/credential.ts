import { readConfigPassword, readConfigUsername } from "@registry-cache/core";

/** A username and password. Never print it. */
export interface Credential {
  readonly username: string;
  readonly password: string;
  /** A value holds bytes that are no UTF-8, which YAML refuses. */
  readonly notUtf8?: boolean;
  /** When a person says that it ends; seconds since 1970. */
  readonly declaredExpiry?: number;
}

/** What becomes of a credential on its way through the extension's template and YAML to the registry that is the cache. */
export type CacheCredential =
  | { readonly kind: "none" }
  | { readonly kind: "crash"; readonly part: "username" | "password" }
  | { readonly kind: "dropped" }
  | { readonly kind: "intact"; readonly credential: Credential }
  | { readonly kind: "altered"; readonly part: "username" | "password"; readonly credential: Credential | undefined };

/** Follows a credential into the cache: the template leaves out both parts where one is empty. */
export function credentialOfCache(given: Credential | undefined): CacheCredential {
  if (given === undefined || given.username === "" || given.password === "") return { kind: "none" };
  const username = readConfigUsername(given.username);
  const password = readConfigPassword(given.password);
  if (username.verdict === "crash" || given.notUtf8) return { kind: "crash", part: "username" };
  if (password.verdict === "crash") return { kind: "crash", part: "password" };
  if (username.text === "") return { kind: "dropped" };
  const known = username.text !== undefined && password.text !== undefined;
  const credential = known ? { username: username.text, password: password.text } : undefined;
  if (username.verdict === "altered") return { kind: "altered", part: "username", credential };
  if (password.verdict === "altered") return { kind: "altered", part: "password", credential };
  return { kind: "intact", credential: given };
}

/** The value of an Authorization header with a username and password. */
export function basicAuthorization({ username, password }: Credential): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

/** Takes out of a text what a server may have repeated of a credential or of a token. */
export function withoutSecrets(
  text: string,
  credential: Credential | undefined,
  tokens: readonly string[] = [],
): string {
  const values = credential === undefined ? [] : formsOf(credential);
  return [...values, ...tokens]
    .filter((it) => it.length > 2)
    .sort((a, b) => b.length - a.length)
    .reduce((hidden, value) => hidden.replaceAll(value, "***"), text);
}

function formsOf(credential: Credential): readonly string[] {
  const { username, password } = credential;
  const [, pair = ""] = basicAuthorization(credential).split(" ");
  const plain = [username, password, password.trim(), pair];
  const written = plain.flatMap((it) => [it, encodeURIComponent(it), JSON.stringify(it).slice(1, -1)]);
  return [...written, ...plain.map((it) => Buffer.from(it).toString("base64").replace(/=+$/, ""))];
}
