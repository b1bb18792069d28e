import { decodeBase64 } from "../encoding/base64.ts";
import { decodeUtf8 } from "../encoding/utf8.ts";

/** A login that a Docker configuration holds for a registry. Never print it. */
export interface DockerLogin {
  readonly registry: string;
  readonly username: string;
  readonly password: string;
}

/** The logins of a text that is the content of Docker's config.json, or base64 of it; undefined for any other text. */
export function readDockerConfig(text: string): readonly DockerLogin[] | undefined {
  const bytes = /^\s*ey/.test(text) ? decodeBase64(text.trim()) : undefined;
  const { auths } = parseObject(bytes ? decodeUtf8(bytes).text : text);
  if (!isObject(auths)) return undefined;
  return Object.entries(auths).flatMap(([registry, login]) => (isObject(login) ? readLogin(registry, login) : []));
}

function readLogin(registry: string, { username, password, auth }: Fields): readonly DockerLogin[] {
  if (typeof username === "string" && typeof password === "string") return [{ registry, username, password }];
  const bytes = typeof auth === "string" ? decodeBase64(auth) : undefined;
  const [, user, secret] = /^([^:]+):(.+)$/s.exec(bytes ? decodeUtf8(bytes).text : "") ?? [];
  return user === undefined || secret === undefined ? [] : [{ registry, username: user, password: secret }];
}

interface Fields {
  readonly auths?: unknown;
  readonly username?: unknown;
  readonly password?: unknown;
  readonly auth?: unknown;
}

function parseObject(json: string): Fields {
  if (!/^\s*\{/.test(json)) return {};
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Fields & { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null;
}
