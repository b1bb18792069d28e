import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeAuthority } from "./certificates.ts";
import { service, signedTokens } from "./debian.ts";
import { type Running, startUpstream } from "./programs.ts";
import { type Handler, passTo, type Stage, serve } from "./servers.ts";

/** An account of the upstream; the hash is bcrypt's, which Node cannot make. */
export interface Account {
  readonly username: string;
  readonly password: string;
  readonly hash: string;
}

const salt = "$2y$04$meWiXmEXenr/yrA2VAsr8.";

/** The accounts of these tests: what the cache has, what it gets, and what pods pull with themselves. */
export const accounts = {
  old: { username: "cache-old", password: "invented-old-word", hash: `${salt}QJSt0FirljQC2c9QKmCzfXHthddpox2` },
  new: { username: "cache-new", password: "invented-new-word", hash: `${salt}IX7nOtRbOy6brsiYeONEWvs/NKyKHN6` },
  pod: {
    username: "pod",
    password: "s3cret-example",
    hash: "$2a$04$meWiXmEXenr/yrA2VAsr8.qDiG0/0hT8ej1KC4qU54eYwh8.t.rLm",
  },
} as const satisfies { readonly [name: string]: Account };

/** Debian's registry, in front of which each request is counted. */
export interface RotatingUpstream {
  readonly url: string;
  /** The same images, open to all: for pushing. */
  readonly open: string;
  /** How many manifests caches asked for, and how many nodes did by themselves. */
  readonly asked: { caches: number; nodes: number };
  /** Lets in only these accounts from now on. */
  allow(...accounts: readonly Account[]): void;
}

/** Starts it with Basic, or with a token server at the same address. */
export async function startRotatingUpstream(
  stage: Stage,
  folder: string,
  kind: "basic" | "bearer",
): Promise<RotatingUpstream> {
  mkdirSync(folder, { recursive: true });
  const asked = { caches: 0, nodes: 0 };
  const htpasswd = join(folder, "htpasswd");
  let allowed: readonly Account[] = [];
  const allow = (...list: readonly Account[]): void => {
    allowed = list;
    writeFileSync(htpasswd, list.map((it) => `${it.username}:${it.hash}\n`).join(""));
  };
  allow();
  const signer = makeAuthority(folder).sign("signer", { names: ["tokens"] });
  const lets = (authorization: string): boolean => allowed.some((it) => authorization === basicOf(it));
  const tokens = signedTokens(signer, { lets, isPublic: false });
  let registry: Handler = (_, response) => response.writeHead(503).end();
  const url = `http://127.0.0.1:${await serve(stage, (request, response) => {
    if (request.url?.startsWith("/token")) return tokens(request, response);
    if (request.url?.includes("/manifests/")) count(asked, request.headers["user-agent"] ?? "");
    return registry(request, response);
  })}`;
  const bundle = join(folder, "signer.crt");
  writeFileSync(bundle, signer.cert);
  const auth =
    kind === "basic"
      ? `auth:\n  htpasswd:\n    realm: upstream\n    path: ${htpasswd}\n`
      : `auth:\n  token:\n    realm: ${url}/token\n    service: ${service}\n    issuer: tests\n    rootcertbundle: ${bundle}\n`;
  const open = portOf(await startUpstream(stage, folder, ""));
  registry = passTo(portOf(await startUpstream(stage, folder, auth)));
  return { url, open: `http://127.0.0.1:${open}`, asked, allow };
}

/** The Authorization header of an account. */
export function basicOf({ username, password }: Account): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

function count(asked: { caches: number; nodes: number }, agent: string): void {
  asked[agent.startsWith("containerd") ? "nodes" : "caches"] += 1;
}

function portOf(running: Running): number {
  if ("ended" in running) throw new Error(`the upstream did not start: ${running.ended}`);
  return running.port;
}
