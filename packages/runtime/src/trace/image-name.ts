import type { Result } from "@registry-cache/core";

/** An image as containerd asks for it. */
export interface ImageName {
  /** The registry that the name belongs to, with its port; the name of its folder below certs.d. */
  readonly host: string;
  readonly repository: string;
  /** Absent when a digest says all. */
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  /** The whole name: what a short one stands for. */
  readonly full: string;
}

const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tagForm = /^\w[\w.-]{0,127}$/;
const digestForm = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const maxName = 255;

/**
 * Reads the image of a pod as the container runtime does: what begins with no host belongs to docker.io, what has one word there to
 * `library/`, what has neither tag nor digest has the tag `latest`, and of both only the digest counts.
 * (distribution/reference, ParseDockerRef)
 */
export function readImageName(text: string): Result<ImageName, string> {
  const [named = "", digest, ...more] = text.split("@");
  if (more.length > 0 || (digest !== undefined && !digestForm.test(digest)))
    return fail(text, "the digest is malformed");
  if (/^\w+:\/\//.test(named)) return fail(text, "it begins with a scheme, leave that out");
  const { host, path } = splitHost(named);
  const colon = path.indexOf(":");
  const name = colon < 0 ? path : path.slice(0, colon);
  const tag = colon < 0 ? undefined : path.slice(colon + 1);
  if (tag !== undefined && !tagForm.test(tag)) return fail(text, "the tag is malformed");
  const repository = host === "docker.io" && !name.includes("/") ? `library/${name}` : name;
  if (repository !== repository.toLowerCase()) return fail(text, "the repository must be in lower case");
  if (!repository.split("/").every((it) => component.test(it))) return fail(text, "the repository is malformed");
  if (repository.length > maxName) return fail(text, `the repository has more than ${maxName} characters`);
  const chosen = digest === undefined ? (tag ?? "latest") : undefined;
  const object = digest === undefined ? `:${chosen}` : `@${digest}`;
  return { ok: true, value: { host, repository, tag: chosen, digest, full: `${host}/${repository}${object}` } };
}

/** A first part is a host when it looks like no part of a repository: it has a dot, a port or a capital, or is localhost. */
function splitHost(named: string): { readonly host: string; readonly path: string } {
  const slash = named.indexOf("/");
  const first = slash < 0 ? "" : named.slice(0, slash);
  const isHost = /[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase();
  if (!isHost) return { host: "docker.io", path: named };
  // The old name of Docker Hub still means it.
  return { host: first === "index.docker.io" ? "docker.io" : first, path: named.slice(slash + 1) };
}

function fail(text: string, reason: string): Result<never, string> {
  return { ok: false, error: `"${text}" is no image name: ${reason}` };
}
