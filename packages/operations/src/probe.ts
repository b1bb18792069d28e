import { type CacheSetup, cacheSetups, defaultRemoteUrl, type Result } from "@registry-cache/core";
import { readTextFile } from "@registry-cache/files";
import type { Credential, Image, ProbeReport, ProbeRequest } from "@registry-cache/upstream";
import { type DockerSource, findLogin } from "./docker-login.ts";
import { loadUpstream } from "./load-upstream.ts";
import { readManifestFiles } from "./read-manifests.ts";

/** Where the caches to be probed come from: one upstream that is named, the Shoots of files, or whoever has read them. */
export type ProbeTarget =
  | { readonly kind: "upstream"; readonly upstream: string; readonly remoteURL: string | undefined }
  | {
      readonly kind: "files";
      readonly names: readonly string[];
      readonly recursive: boolean;
      readonly cache: string | undefined;
    }
  | { readonly kind: "setups"; readonly setups: readonly CacheSetup[] };

/** Where the credential comes from; "manifests" means the Secret of each cache, and none for an upstream that is named. */
export type ProbeCredential =
  | { readonly kind: "manifests" }
  | {
      readonly kind: "given";
      readonly credential: Credential;
      /** Where it was given, in words. */
      readonly from?: string;
    }
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

/** Probes each cache after the other; the error says why nothing was probed. */
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
  const reports = new Map<string, ProbeReport>();
  for (const one of prepared) probes.push(await probeOne(one, options, { authorities: authorities.value, reports }));
  return { ok: true, value: probes };
}

interface Run {
  readonly authorities: readonly string[];
  /** What was found so far: of caches that are alike a credential is tried once, since accounts get locked. */
  readonly reports: Map<string, ProbeReport>;
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
  if (source.kind === "given")
    return { ok: true, value: { credential: source.credential, from: source.from ?? "the command line" } };
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

async function probeOne(
  { setup, image, credential, from }: Prepared,
  options: ProbeOptions,
  { authorities, reports }: Run,
): Promise<CacheProbe> {
  const { upstream, remoteURL, shoot, namespace, httpProxy, httpsProxy } = setup;
  const { proxy: given, timeoutMilliseconds, now, signal } = options;
  const { probe } = await loadUpstream();
  const proxy = { http: given ?? httpProxy, https: given ?? httpsProxy };
  const { username, password } = credential ?? {};
  const key = JSON.stringify([remoteURL, proxy, image, username, password]);
  const how = { extraAuthorities: authorities, timeoutMilliseconds, now, signal };
  const report = reports.get(key) ?? (await probe({ remoteURL, credential, image, proxy, ...how }));
  reports.set(key, report);
  const shown = image && `${image.name}${image.reference.includes(":") ? "@" : ":"}${image.reference}`;
  return { upstream, remoteURL, shoot, namespace, credential: from, image: shown, report };
}

function findSetups(target: ProbeTarget): Result<readonly CacheSetup[], string> {
  if (target.kind === "setups") return { ok: true, value: target.setups };
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

/** One setup for each address and proxy: a credential is tried there once, however many caches share them. */
export function distinctSetups(setups: readonly CacheSetup[]): readonly CacheSetup[] {
  const keyOf = ({ upstream, remoteURL, httpProxy, httpsProxy }: CacheSetup): string =>
    JSON.stringify([upstream, remoteURL, httpProxy, httpsProxy]);
  return [...new Map(setups.map((it) => [keyOf(it), it])).values()];
}

/** A cache for an upstream that is named, as it is by default. */
export function setupOf(upstream: string, remoteURL: string | undefined): CacheSetup {
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
