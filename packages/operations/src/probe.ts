import { type CacheSetup, cacheSetups, defaultRemoteUrl, type Result } from "@registry-cache/core";
import { readTextFile } from "@registry-cache/files";
import type { Credential, Image, ProbeReport, ProbeRequest } from "@registry-cache/upstream";
import { type DockerSource, findLogin } from "./docker-login.ts";
import { loadUpstream } from "./load-upstream.ts";
import { readManifestFiles } from "./read-manifests.ts";

/** Where the caches to be probed come from: one upstream that is named, the Shoots of files, or caches that are read already. */
export type ProbeTarget =
  | { readonly kind: "upstream"; readonly upstream: string; readonly remoteURL: string | undefined }
  | {
      readonly kind: "files";
      readonly names: readonly string[];
      readonly recursive: boolean;
      readonly cache: string | undefined;
    }
  | { readonly kind: "caches"; readonly setups: readonly CacheSetup[] };

/** Where the credential comes from; "manifests" means the Secret of each cache, and none for an upstream that is named. */
export type ProbeCredential =
  | { readonly kind: "manifests" }
  | { readonly kind: "given"; readonly credential: Credential }
  | { readonly kind: "docker"; readonly source: DockerSource };

/** What to probe, and how. */
export interface ProbeOptions {
  readonly target: ProbeTarget;
  readonly credential: ProbeCredential;
  /** `NAME`, `NAME:TAG` or `NAME@DIGEST`. */
  readonly repository: string | undefined;
  /** In place of the proxies of the cache. */
  readonly proxy: string | undefined;
  readonly caFile: string | undefined;
  readonly timeoutMilliseconds: number;
  /** Seconds since 1970. */
  readonly now: number;
  /** Gives up, and rejects with the signal's reason. */
  readonly signal?: ProbeRequest["signal"];
}

/** What the probe of one cache found. */
export interface CacheProbe {
  readonly upstream: string;
  readonly remoteURL: string;
  readonly shoot: string | undefined;
  readonly namespace: string | undefined;
  /** Where the credential came from, in words. */
  readonly credential: string;
  readonly image: string | undefined;
  readonly report: ProbeReport;
}

/**
 * Probes each cache after the other; the error says why nothing was probed. What several caches have in common is asked once:
 * a credential that many Shoots share is tried once, since accounts get locked for less.
 */
export async function probeCaches(options: ProbeOptions): Promise<Result<readonly CacheProbe[], string>> {
  const setups = findSetups(options.target);
  if (!setups.ok) return setups;
  const authorities = readAuthorities(options.caFile);
  if (!authorities.ok) return authorities;
  const prepared: Prepared[] = [];
  for (const setup of setups.value) {
    const one = await prepare(setup, options);
    if (!one.ok) return one;
    prepared.push(one.value);
  }
  const probes: CacheProbe[] = [];
  const known: Reports = new Map();
  for (const one of prepared) probes.push(await probeOne(one, options, { authorities: authorities.value, known }));
  return { ok: true, value: probes };
}

interface Prepared {
  readonly setup: CacheSetup;
  readonly image: Image | undefined;
  readonly credential: Credential | undefined;
  readonly from: string;
}

async function prepare(setup: CacheSetup, options: ProbeOptions): Promise<Result<Prepared, string>> {
  const { readImage } = await loadUpstream();
  const image = options.repository === undefined ? undefined : readImage(options.repository, setup.upstream);
  if (options.repository !== undefined && image === undefined) {
    return failed(`"${options.repository}" is no image, write it as team/app or team/app:v1, without the registry`);
  }
  const found = await findCredential(setup, options, image);
  return found.ok ? { ok: true, value: { setup, image, ...found.value } } : found;
}

interface FoundCredential {
  readonly credential: Credential | undefined;
  readonly from: string;
}

async function findCredential(
  setup: CacheSetup,
  options: ProbeOptions,
  image: Image | undefined,
): Promise<Result<FoundCredential, string>> {
  const { credential: source } = options;
  if (source.kind === "given") return { ok: true, value: { credential: source.credential, from: "the command line" } };
  if (source.kind === "docker") {
    const login = await findLogin(source.source, { upstream: setup.upstream, repository: image?.name });
    return login.ok ? { ok: true, value: { credential: login.value, from: "the configuration of Docker" } } : login;
  }
  const { credential } = setup;
  if (credential.kind === "none") return { ok: true, value: { credential: undefined, from: "none" } };
  if (credential.kind === "known") return { ok: true, value: { credential, from: `Secret ${credential.secret}` } };
  return failed(
    `the credential for "${setup.upstream}" is not known: ${credential.reason}; give one with --username and --password-stdin`,
  );
}

/** What was reported already, by what was asked. */
type Reports = Map<string, ProbeReport>;

async function probeOne(
  { setup, image, credential, from }: Prepared,
  options: ProbeOptions,
  { authorities, known }: { readonly authorities: readonly string[]; readonly known: Reports },
): Promise<CacheProbe> {
  const { upstream, remoteURL, shoot, namespace, httpProxy, httpsProxy } = setup;
  const { proxy, timeoutMilliseconds, now, signal } = options;
  const asked = { remoteURL, credential, image, proxy: { http: proxy ?? httpProxy, https: proxy ?? httpsProxy } };
  const question = JSON.stringify(asked);
  const { probe } = await loadUpstream();
  const report =
    known.get(question) ??
    (await probe({ ...asked, extraAuthorities: authorities, timeoutMilliseconds, now, ...(signal && { signal }) }));
  known.set(question, report);
  const shown = image && `${image.name}${image.reference.includes(":") ? "@" : ":"}${image.reference}`;
  return { upstream, remoteURL, shoot, namespace, credential: from, image: shown, report };
}

function findSetups(target: ProbeTarget): Result<readonly CacheSetup[], string> {
  if (target.kind === "caches") return { ok: true, value: target.setups };
  if (target.kind === "upstream") return { ok: true, value: [setupOf(target.upstream, target.remoteURL)] };
  const files = readManifestFiles(target.names, target.recursive);
  if (!files.ok) return files;
  const all = cacheSetups(files.value);
  const { cache } = target;
  const chosen = cache === undefined ? all : all.filter((it) => it.upstream === cache);
  if (chosen.length > 0) return { ok: true, value: chosen };
  if (all.length === 0) return failed("there is no cache in these files");
  const known = [...new Set(all.map((it) => it.upstream))].join(", ");
  return failed(`there is no cache for "${cache}" in these files, known are ${known}`);
}

function setupOf(upstream: string, remoteURL: string | undefined): CacheSetup {
  return {
    uri: "",
    shoot: undefined,
    namespace: undefined,
    upstream,
    remoteURL: remoteURL ?? defaultRemoteUrl(upstream),
    httpProxy: undefined,
    httpsProxy: undefined,
    credential: { kind: "none" },
  };
}

function readAuthorities(path: string | undefined): Result<readonly string[], string> {
  if (path === undefined) return { ok: true, value: [] };
  const file = readTextFile(path);
  if (file === undefined) return failed(`--ca-file: ${path}: no such file or directory`);
  if ("message" in file) return failed(`--ca-file: ${path}: ${file.message}`);
  const found = file.text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return found.length > 0 ? { ok: true, value: found } : failed(`--ca-file: ${path} holds no certificate in PEM`);
}

function failed(error: string): { readonly ok: false; readonly error: string } {
  return { ok: false, error };
}
