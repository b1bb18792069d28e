import type { RegistryHosts } from "../hosts-toml.ts";
import { hostsTomlPath } from "../hosts-toml.ts";
import type { ImageName } from "./image-name.ts";

/** A registry's configuration on a node, and what stands behind its hosts. */
export interface TracedRegistry extends RegistryHosts {
  readonly kind: "cache" | "mirror";
  /** For a cache with credentials: the Secret that it logs in with. */
  readonly secretName?: string | undefined;
}

/** One request that containerd makes until one is answered. */
export interface Attempt {
  readonly to: "cache" | "mirror" | "upstream";
  readonly method: "HEAD" | "GET";
  readonly url: string;
  /** Who logs in at the upstream with what. */
  readonly login: string;
}

/** How a node pulls an image. */
export interface Trace {
  readonly image: ImageName;
  /** The hosts.toml that counts; undefined when the node has none for this registry. */
  readonly hostsToml: string | undefined;
  /** The requests that turn a tag, or a digest, into a manifest's descriptor, in order: the first that is answered counts. */
  readonly resolve: readonly Attempt[];
  /** The requests that fetch the manifest, and in the same order each layer. */
  readonly fetch: readonly Attempt[];
  /** What follows from it that people do not expect. */
  readonly notes: readonly string[];
}

interface Target {
  readonly to: Attempt["to"];
  /** The URL up to the repository. */
  readonly base: string;
  readonly capabilities: readonly string[];
  readonly login: string;
}

const pullSecret = "the pull secret of the pod, or none";

/** Works out what containerd does for an image, from what stands in certs.d (containerd, remotes/docker and its hosts configuration). */
export function traceImage(image: ImageName, registries: readonly TracedRegistry[]): Trace {
  const registry = registries.find((it) => it.upstream === image.host);
  const targets = [...(registry?.hosts.map((it) => hostTarget(it, registry)) ?? []), upstreamTarget(image, registry)];
  // A digest needs nobody who may say what a tag means.
  const resolving = targets.filter(({ capabilities }) => capabilities.includes(image.digest ? "pull" : "resolve"));
  const reference = image.digest ?? image.tag ?? "";
  const attempt = (method: Attempt["method"], object: string, target: Target): Attempt => ({
    to: target.to,
    method,
    url: `${target.base}/${image.repository}/manifests/${object}${namespaceFor(target.base, image.host)}`,
    login: target.login,
  });
  return {
    image,
    hostsToml: registry && hostsTomlPath(image.host),
    resolve: resolving.map((it) => attempt("HEAD", reference, it)),
    fetch: targets
      .filter(({ capabilities }) => capabilities.includes("pull"))
      .map((it) => attempt("GET", image.digest ?? "DIGEST", it)),
    notes: notesOn(image, registry),
  };
}

/** Whoever is not the registry itself is told which one is meant. */
function namespaceFor(base: string, host: string): string {
  const [, asked = ""] = /^\w+:\/\/([^/]+)/.exec(base) ?? [];
  const isItself = asked === host || (host === "docker.io" && asked === "registry-1.docker.io");
  return isItself ? "" : `?ns=${encodeURIComponent(host)}`;
}

function hostTarget(
  { url, capabilities, overridePath }: RegistryHosts["hosts"][number],
  registry: TracedRegistry,
): Target {
  const { kind, secretName } = registry;
  const own = secretName === undefined ? "the cache logs in nowhere" : `the cache logs in with Secret "${secretName}"`;
  const login = kind === "cache" ? own : pullSecret;
  return { to: kind, base: baseOf(url, overridePath === true), capabilities, login };
}

/** Where a registry's API begins: below the path of the host, and there below /v2 unless the path is meant as it is. */
function baseOf(url: string, overridePath: boolean): string {
  const [, origin = url, path = ""] = /^(\w+:\/\/[^/]+)(\/.*)?$/.exec(url) ?? [];
  const clean = path.replace(/\/+$/, "");
  return clean.endsWith("/v2") || (overridePath && path !== "")
    ? origin + clean
    : overridePath
      ? origin
      : `${origin}${clean}/v2`;
}

function upstreamTarget({ host }: ImageName, registry: TracedRegistry | undefined): Target {
  const server =
    registry?.server ?? (host === "docker.io" ? "https://registry-1.docker.io" : `${schemeOf(host)}://${host}`);
  return { to: "upstream", base: baseOf(server, false), capabilities: ["pull", "resolve"], login: pullSecret };
}

/** containerd speaks plain HTTP to the machine itself only. */
function schemeOf(host: string): string {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/.test(host) ? "http" : "https";
}

function notesOn({ digest, host }: ImageName, registry: TracedRegistry | undefined): readonly string[] {
  if (registry === undefined) return [`no cache and no mirror is configured for ${host}`];
  if (registry.kind === "mirror") return [];
  const silent =
    "the node then asks the upstream, so a cache that cannot log in goes unnoticed as long as pods have a pull secret";
  const broken =
    digest === undefined
      ? `a cache whose login is refused answers 404 for a tag that it does not hold; ${silent}`
      : `a cache whose login is refused answers 500 for a digest that it does not hold; ${silent}, and without one the error names the cache`;
  return registry.secretName === undefined ? [] : [broken];
}
