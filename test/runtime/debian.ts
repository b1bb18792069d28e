import { createPrivateKey, sign } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Pair } from "./certificates.ts";
import { image, name, tag } from "./image.ts";
import { type Running, startUpstream } from "./programs.ts";
import type { Handler, Stage } from "./servers.ts";

/** The account of Debian's registry. The hash is bcrypt's, which Node cannot make. */
export const account = { username: "reader", password: "s3cret-example" } as const;
const hash = "$2a$04$meWiXmEXenr/yrA2VAsr8.qDiG0/0hT8ej1KC4qU54eYwh8.t.rLm";
/** The name under which Debian's registry knows itself in tokens. */
export const service = "registry.example.com";

/** Debian's registry in its kinds, all over one folder with the image in it. */
export interface Debian {
  readonly open: (stage: Stage) => Promise<number>;
  readonly basic: (stage: Stage) => Promise<number>;
  /** With the realm of a token server. */
  readonly bearer: (stage: Stage, realm: string) => Promise<number>;
  /** The token server that it trusts. */
  readonly tokens: (options?: { readonly isPublic?: boolean }) => Handler;
}

/** Puts the image into a folder by way of a registry, and offers registries over it. */
export async function prepareDebian(stage: Stage, folder: string, signer: Pair): Promise<Debian> {
  const htpasswd = join(folder, "htpasswd");
  const bundle = join(folder, "signer.crt");
  writeFileSync(htpasswd, `${account.username}:${hash}\n`);
  writeFileSync(bundle, signer.cert);
  const open = (at: Stage): Promise<number> => startUpstream(at, folder, "").then(portOf);
  await push(`http://127.0.0.1:${await open(stage)}`);
  return {
    open,
    basic: (at) =>
      startUpstream(at, folder, `auth:\n  htpasswd:\n    realm: upstream\n    path: ${htpasswd}\n`).then(portOf),
    bearer: (at, realm) => {
      const token = { realm: JSON.stringify(realm), service, issuer: "tests", rootcertbundle: bundle };
      const lines = Object.entries(token).map(([key, value]) => `    ${key}: ${value}\n`);
      return startUpstream(at, folder, `auth:\n  token:\n${lines.join("")}`).then(portOf);
    },
    tokens: (options) => signedTokens(signer, { lets: (it) => it === right, isPublic: options?.isPublic === true }),
  };
}

function portOf(running: Running): number {
  if ("ended" in running) throw new Error(`the upstream did not start: ${running.ended}`);
  return running.port;
}

async function push(base: string): Promise<void> {
  const begun = await fetch(`${base}/v2/${name}/blobs/uploads/`, { method: "POST" });
  const place = new URL(begun.headers.get("location") ?? "", base);
  place.searchParams.set("digest", image.configDigest);
  const blob = await fetch(place, {
    method: "PUT",
    body: image.config,
    headers: { "content-type": "application/octet-stream" },
  });
  const headers = { "content-type": image.type };
  const manifest = await fetch(`${base}/v2/${name}/manifests/${tag}`, { method: "PUT", body: image.manifest, headers });
  expect([blob.status, manifest.status]).toEqual([201, 201]);
}

const right = `Basic ${Buffer.from(`${account.username}:${account.password}`).toString("base64")}`;

/** A token server for those whom it lets in: an empty scope is no refusal, as issuers have it. */
export function signedTokens(
  signer: Pair,
  { lets, isPublic }: { readonly lets: (authorization: string) => boolean; readonly isPublic: boolean },
): Handler {
  return ({ headers, url = "" }, response) => {
    const { authorization } = headers;
    response.setHeader("content-type", "application/json");
    if (authorization !== undefined && !lets(authorization)) {
      response.writeHead(401).end('{"details":"incorrect username or password"}');
      return;
    }
    const [, repository] =
      /^repository:(.+):pull$/.exec(new URL(url, "http://x").searchParams.get("scope") ?? "") ?? [];
    const granted = repository !== undefined && (authorization !== undefined || isPublic);
    const access = granted ? [{ type: "repository", name: repository, actions: ["pull"] }] : [];
    response.writeHead(200).end(JSON.stringify({ token: signToken(signer, access) }));
  };
}

function signToken({ key, cert }: Pair, access: readonly object[]): string {
  const now = Math.floor(Date.now() / 1000);
  const chain = [cert.replace(/-----[A-Z ]+-----|\s/g, "")];
  const times = { exp: now + 300, nbf: now - 10, iat: now };
  const parts = [
    { typ: "JWT", alg: "ES256", x5c: chain },
    { iss: "tests", sub: "x", aud: service, jti: String(now), ...times, access },
  ].map((it) => Buffer.from(JSON.stringify(it)).toString("base64url"));
  const signature = sign("sha256", Buffer.from(parts.join(".")), {
    key: createPrivateKey(key),
    dsaEncoding: "ieee-p1363",
  });
  return [...parts, signature.toString("base64url")].join(".");
}
