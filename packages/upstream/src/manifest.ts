import { headerOf, type Reply } from "./outcome.ts";

/** What Distribution 3.1.1 can store, and asks for in this order of ours: lists of both kinds, then images. */
export const manifestTypes: readonly string[] = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
];

/** One image of a registry. */
export interface Image {
  /** The path in the registry, such as `library/alpine`. */
  readonly name: string;
  /** A tag or a digest. */
  readonly reference: string;
}

/** Whether an answer about a manifest gives what the cache needs to pull it; says what is wrong where not (client/repository.go). */
export function manifestProblem(reply: Reply): string | undefined {
  const type = headerOf(reply, "content-type");
  if (!type) return "the upstream does not say of what type the manifest is";
  const [media = ""] = type.toLowerCase().split(";");
  if (!manifestTypes.includes(media.trim()))
    return `the manifest is of type "${media.trim()}", which the cache cannot store`;
  const digest = headerOf(reply, "docker-content-digest");
  if (digest === undefined) return undefined;
  if (!isDigest(digest)) return "the digest of the manifest is none";
  const length = headerOf(reply, "content-length");
  return length !== undefined && /^[+-]?\d+$/.test(length)
    ? undefined
    : "the upstream does not say how long the manifest is";
}

function isDigest(text: string): boolean {
  return /^(sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/.test(text);
}

/** Reads `NAME`, `NAME:TAG` or `NAME@DIGEST`; a lone name at Docker Hub is an official image. Undefined for what is no image. */
export function readImage(text: string, upstream: string): Image | undefined {
  const [, name = "", tag, digest] = /^([^:@]+)(?::([^@]+))?(?:@(.+))?$/.exec(text) ?? [];
  const component = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
  if (!new RegExp(`^${component}(/${component})*$`).test(name)) return undefined;
  if (tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag)) return undefined;
  if (digest !== undefined && !isDigest(digest)) return undefined;
  const full = upstream === "docker.io" && !name.includes("/") ? `library/${name}` : name;
  return { name: full, reference: digest ?? tag ?? "latest" };
}
