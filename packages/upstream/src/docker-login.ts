import type { DockerAuth, DockerConfig, Result } from "@registry-cache/core";
import type { Credential } from "./credential.ts";
import { askHelper, type HelperOptions } from "./credential-helper.ts";

/** What a login is looked up for. */
export interface LoginQuestion {
  /** The registry as image references name it, with its port. */
  readonly upstream: string;
  /** The path of an image, for configurations of podman that have a login for part of a registry. */
  readonly repository?: string | undefined;
}

/**
 * Finds the login for a registry as Docker does: the helper named for it, then the helper for all, then what is written in
 * `auths`. The error says why there is none that a cache could use; no value is in it.
 */
export async function findDockerLogin(
  config: DockerConfig,
  question: LoginQuestion,
  options: HelperOptions = {},
): Promise<Result<Credential, string>> {
  const places = placesOf(question);
  const [server = question.upstream] = places;
  const named = [...config.helpers].find(([registry]) => places.some((it) => isSame(registry, it)))?.[1];
  const helper = named ?? config.store;
  if (helper !== undefined) return askHelper(helper, helperServer(question.upstream, server), options);
  const auths = places.map((place) => config.auths.find((it) => isSame(it.registry, place)));
  const auth = auths.find((it) => it !== undefined);
  return auth === undefined ? { ok: false, error: `no login for "${question.upstream}" in it` } : readAuth(auth);
}

function readAuth({ login, hasToken, registry }: DockerAuth): Result<Credential, string> {
  if (login !== undefined) return { ok: true, value: { username: login.username, password: login.password } };
  const error = hasToken
    ? `the login for "${registry}" is a token without a password, which a cache cannot use`
    : `the entry for "${registry}" holds no login`;
  return { ok: false, error };
}

const hubNames = ["index.docker.io", "docker.io", "registry-1.docker.io"];

/** The names under which a login may stand, the most exact first. */
function placesOf({ upstream, repository = "" }: LoginQuestion): readonly string[] {
  const segments = repository.split("/").filter((it) => it !== "");
  const paths = segments.map((_, index) => segments.slice(0, segments.length - index).join("/"));
  const hosts = hubNames.includes(upstream) ? hubNames : [upstream];
  return [...paths.flatMap((path) => hosts.map((host) => `${host}/${path}`)), ...hosts];
}

/** Docker keeps its own registry under an address of long ago, and others with or without scheme and version. */
function isSame(registry: string, place: string): boolean {
  return registry.replace(/^https?:\/\//, "").replace(/\/(v[12]\/?)?$/, "") === place;
}

/** What a helper is asked for. */
function helperServer(upstream: string, first: string): string {
  if (hubNames.includes(upstream)) return "https://index.docker.io/v1/";
  return first.includes("/") ? upstream : first;
}
