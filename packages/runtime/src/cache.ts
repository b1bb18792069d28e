import {
  type CacheView,
  defaultRemoteUrl,
  formatDuration,
  type Result,
  resourceName,
  type ShootView,
  serviceName,
  upstreamLabel,
} from "@registry-cache/core";

/** One cache as its runtime needs it: defaults filled in as the extension's defaulting does (pkg/apis/registry/v1alpha3/defaults.go). */
export interface RuntimeCache {
  readonly upstream: string;
  /** Where it fetches from. */
  readonly remoteUrl: string;
  /** How long an image is kept, in Go's form; `0s` means for ever. */
  readonly ttl: string;
  readonly tls: boolean;
  /** The size of its volume, a quantity as written. */
  readonly size: string;
  readonly storageClassName: string | undefined;
  readonly highAvailability: boolean;
  readonly httpProxy: string | undefined;
  readonly httpsProxy: string | undefined;
  readonly secretReferenceName: string | undefined;
  readonly names: CacheNames;
}

/** The names that a cache's objects share. */
export interface CacheNames {
  /** The name of the StatefulSet and of all else but the Service. */
  readonly resource: string;
  readonly service: string;
  /** The value of the label `upstream-host`. */
  readonly upstreamLabel: string;
}

/** What a cache logs in with. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

const week = 604_800_000_000_000n;

/** Reads the caches of a Shoot. Whatever decodes is rendered; the error says where its configuration does not. */
export function readRuntimeCaches(shoot: ShootView): Result<readonly RuntimeCache[], string> {
  const extension = shoot.registryCache;
  if (extension === undefined) return fail("the Shoot has no extension of type registry-cache");
  if (extension.providerConfig === undefined) return fail(`${extension.configPath} is missing`);
  const [problem] = extension.decodeProblems;
  if (problem !== undefined) return fail(`the extension cannot decode ${problem.path}`);
  const nameless = extension.caches.find((it) => it.upstream === undefined);
  if (nameless !== undefined) return fail(`${nameless.path}.upstream is missing`);
  return { ok: true, value: extension.caches.map(readCache) };
}

function fail(error: string): Result<never, string> {
  return { ok: false, error };
}

function readCache(cache: CacheView): RuntimeCache {
  const proxy = (field: string): string | undefined => cache.proxies.find((it) => it.path.endsWith(field))?.value;
  return toRuntimeCache({
    upstream: cache.upstream?.value ?? "",
    remoteUrl: cache.remoteURL?.value,
    ttl: ttlOf(cache),
    tls: cache.http === undefined || cache.http.tls?.value === true,
    size: cache.volume?.size?.text,
    storageClassName: cache.volume?.storageClassName?.value,
    highAvailability: cache.highAvailability?.enabled?.value,
    httpProxy: proxy(".httpProxy"),
    httpsProxy: proxy(".httpsProxy"),
    secretReferenceName: cache.secretReferenceName?.value,
    serviceNameSuffix: cache.serviceNameSuffix?.value,
  });
}

/** What may be said of a cache; the rest has the extension's defaults. */
export type CacheValues = {
  readonly [field in keyof Omit<RuntimeCache, "names">]?: RuntimeCache[field] | undefined;
} & {
  readonly upstream: string;
  readonly serviceNameSuffix?: string | undefined;
};

/** Fills in the defaults of a cache, and derives its names. */
export function toRuntimeCache(values: CacheValues): RuntimeCache {
  const { upstream } = values;
  return {
    upstream,
    remoteUrl: values.remoteUrl ?? defaultRemoteUrl(upstream),
    ttl: values.ttl ?? formatDuration(week),
    tls: values.tls ?? true,
    size: values.size ?? "10Gi",
    storageClassName: values.storageClassName,
    highAvailability: values.highAvailability ?? false,
    httpProxy: values.httpProxy,
    httpsProxy: values.httpsProxy,
    secretReferenceName: values.secretReferenceName,
    names: {
      resource: resourceName(upstream),
      service: serviceName(upstream, values.serviceNameSuffix),
      upstreamLabel: upstreamLabel(upstream),
    },
  };
}

/** Without the object a week; with the object but no ttl zero, since the field is no pointer. */
function ttlOf({ garbageCollection }: CacheView): string | undefined {
  return garbageCollection && formatDuration(garbageCollection.ttl?.nanoseconds ?? 0n);
}
