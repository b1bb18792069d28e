import { createHash } from "node:crypto";
import type { Handler } from "./servers.ts";

/** The one image of all registries here. */
export const name = "team/app";
/** Its tag. */
export const tag = "v1";

const digestOf = (bytes: string): string => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
const config = JSON.stringify({
  architecture: "amd64",
  os: "linux",
  rootfs: { type: "layers", diff_ids: [] },
  config: {},
});

/** A manifest of a type, around the image's one blob. */
function manifestOf(mediaType: string): string {
  const isList = /index|list/.test(mediaType);
  const blob = { digest: digestOf(config), size: config.length };
  return JSON.stringify({
    schemaVersion: 2,
    mediaType,
    ...(isList
      ? { manifests: [] }
      : { config: { mediaType: "application/vnd.oci.image.config.v1+json", ...blob }, layers: [] }),
  });
}

/** The image's manifest and its only blob. */
export const image = {
  type: "application/vnd.oci.image.manifest.v1+json",
  manifest: manifestOf("application/vnd.oci.image.manifest.v1+json"),
  config,
  configDigest: digestOf(config),
} as const;

/** How a registry of ours differs from an ordinary one. */
export interface Quirks {
  readonly type?: string;
  readonly head?: "405" | "without-digest";
  readonly digestOnGet?: boolean;
}

/** Serves the image to whoever is let in. */
export function registry(
  lets: (authorization: string | undefined) => boolean,
  refuse: Handler,
  quirks: Quirks = {},
): Handler {
  const type = quirks.type ?? image.type;
  const manifest = manifestOf(type);
  return (request, response) => {
    const { url = "", method, headers } = request;
    response.setHeader("Docker-Distribution-Api-Version", "registry/2.0");
    if (!lets(headers.authorization)) return refuse(request, response);
    if (url === "/v2/") return response.writeHead(200, { "content-type": "application/json" }).end("{}");
    if (url === `/v2/${name}/blobs/${image.configDigest}`) {
      return response
        .writeHead(200, { "content-length": image.config.length })
        .end(method === "HEAD" ? "" : image.config);
    }
    const isManifest = [tag, digestOf(manifest)].some((it) => url === `/v2/${name}/manifests/${it}`);
    if (!isManifest)
      return response
        .writeHead(404, { "content-type": "application/json" })
        .end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
    if (method === "HEAD" && quirks.head === "405") return response.writeHead(405).end();
    const bare = (method === "HEAD" && quirks.head === "without-digest") || quirks.digestOnGet === false;
    const digest = bare ? {} : { "docker-content-digest": digestOf(manifest) };
    return response
      .writeHead(200, { "content-type": type, "content-length": manifest.length, ...digest })
      .end(method === "HEAD" ? "" : manifest);
  };
}

/** Refuses with these challenges, each in a header line. */
export function challenge(...lines: readonly string[]): Handler {
  return (_, response) => {
    response
      .writeHead(401, { "www-authenticate": [...lines], "content-type": "application/json" })
      .end('{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}');
  };
}

/** Lets in whoever has this username and password. */
export function withPassword(username: string, password: string): (authorization: string | undefined) => boolean {
  const expected = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  return (authorization) => authorization === expected;
}

/** Lets in whoever has a token of ours. */
export function withToken(authorization: string | undefined): boolean {
  return authorization === "Bearer let-me-in";
}

/** Gives tokens to whoever knows the password, and where the image is public to anybody who shows none. */
export function tokens(
  lets: (authorization: string | undefined) => boolean,
  { isPublic = false, body = '{"token":"let-me-in"}' } = {},
): Handler {
  return ({ headers }, response) => {
    const known = headers.authorization === undefined ? isPublic : lets(headers.authorization);
    if (known) response.writeHead(200, { "content-type": "application/json" }).end(body);
    else
      response
        .writeHead(401, { "content-type": "application/json" })
        .end('{"details":"incorrect username or password"}');
  };
}
