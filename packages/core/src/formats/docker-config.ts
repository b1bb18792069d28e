import { decodeBase64 } from "../encoding/base64.ts";
import { decodeUtf8 } from "../encoding/utf8.ts";

/** A login that a Docker configuration holds for a registry. Never print it. */
export interface DockerLogin {
  readonly registry: string;
  readonly username: string;
  readonly password: string;
}

/** A Docker configuration: the entries of `auths` in their order, and the programs that keep other logins. */
export interface DockerConfig {
  readonly auths: readonly DockerAuth[];
  /** The program for all registries that `helpers` does not name. */
  readonly store: string | undefined;
  readonly helpers: ReadonlyMap<string, string>;
}

/** One entry of `auths`. A token stands in place of username and password. Never print it. */
export interface DockerAuth {
  readonly registry: string;
  readonly login: DockerLogin | undefined;
  readonly hasToken: boolean;
}

/** Reads the content of Docker's config.json, podman's auth.json, a `.dockerconfigjson` or a `.dockercfg`; undefined for any other text. */
export function parseDockerConfig(text: string): DockerConfig | undefined {
  const config = parseObject(text);
  if (config === undefined) return undefined;
  const { auths, credsStore, credHelpers } = config;
  const known = isObject(auths) || isObject(credHelpers) || typeof credsStore === "string";
  // The oldest form, .dockercfg, is the map itself.
  const map = known ? auths : isOldConfig(config) ? config : undefined;
  if (!known && map === undefined) return undefined;
  return {
    auths: Object.entries(isObject(map) ? map : {}).flatMap(([registry, it]) =>
      isObject(it) ? [readAuth(registry, it)] : [],
    ),
    store: typeof credsStore === "string" && credsStore !== "" ? credsStore : undefined,
    helpers: new Map(
      Object.entries(isObject(credHelpers) ? credHelpers : {}).flatMap(([registry, helper]) =>
        typeof helper === "string" && helper !== "" ? [[registry, helper] as const] : [],
      ),
    ),
  };
}

/** The logins of a text that is the content of Docker's config.json, or base64 of it; undefined for any other text. */
export function readDockerConfig(text: string): readonly DockerLogin[] | undefined {
  const bytes = /^\s*ey/.test(text) ? decodeBase64(text.trim()) : undefined;
  const { auths } = parseObject(bytes ? decodeUtf8(bytes).text : text) ?? {};
  if (!isObject(auths)) return undefined;
  return Object.entries(auths).flatMap(([registry, auth]) => {
    const login = isObject(auth) ? readLogin(registry, auth) : undefined;
    return login === undefined ? [] : [login];
  });
}

function readAuth(registry: string, auth: Fields): DockerAuth {
  const hasToken = [auth.identitytoken, auth.registrytoken].some((it) => typeof it === "string" && it !== "");
  return { registry, login: hasToken ? undefined : readLogin(registry, auth), hasToken };
}

/** Like Docker, which lets `auth` win over the other two, and pads a password with zeros. */
function readLogin(registry: string, { username, password, auth }: Fields): DockerLogin | undefined {
  const bytes = typeof auth === "string" && auth !== "" ? decodeBase64(auth) : undefined;
  const [, user, secret] = /^([^:]+):(.+?)\0*$/s.exec(bytes ? decodeUtf8(bytes).text : "") ?? [];
  if (user !== undefined && secret !== undefined) return { registry, username: user, password: secret };
  return typeof username === "string" && typeof password === "string" ? { registry, username, password } : undefined;
}

function isOldConfig(config: Fields): boolean {
  const entries = Object.values(config);
  return entries.length > 0 && entries.every((it) => isObject(it) && typeof it.auth === "string");
}

interface Fields {
  readonly auths?: unknown;
  readonly credsStore?: unknown;
  readonly credHelpers?: unknown;
  readonly username?: unknown;
  readonly password?: unknown;
  readonly auth?: unknown;
  readonly identitytoken?: unknown;
  readonly registrytoken?: unknown;
}

function parseObject(json: string): Fields | undefined {
  if (!/^\s*\{/.test(json)) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Fields & { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
