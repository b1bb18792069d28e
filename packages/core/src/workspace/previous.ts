import type { Quantity } from "../formats/quantity.ts";
import type { Cache } from "../manifest/registry-config.ts";
import type { RegistryCacheExtension, Shoot } from "../manifest/shoot.ts";
import { type ImmutableValues, immutableValues } from "./immutable-fields.ts";

/** The version of a Shoot that is there before an update, reduced to what update rules ask of it. Plain data. */
export interface PreviousShoot {
  /** The state of its registry-cache configuration. */
  readonly config: "no-extension" | "missing" | "undecodable" | "decoded";
  readonly caches: readonly PreviousCache[];
  /** The whole configuration after defaulting, in a form that is equal exactly when the extension calls two configurations equal. */
  readonly canonical: string;
  /** The Secret behind each name of spec.resources. */
  readonly targets: { readonly [entry: string]: string };
  /** The values that an update may not change. */
  readonly immutable: ImmutableValues;
  /** What the Shoot in the garden says of its chains; absent where the version before is another manifest. */
  readonly live?: LiveValues;
}

/** What a Shoot in the garden says of its chains: by subject, and in it by field. Plain data. */
export interface LiveValues {
  readonly [subject: string]: { readonly [field: string]: LiveValue };
}

/** One value, for comparing and for people; not shown where it may hold a credential. */
export interface LiveValue {
  readonly value: string;
  readonly shown: string | undefined;
}

/** A cache of the previous version with its defaults filled in. */
export interface PreviousCache {
  readonly upstream: string;
  readonly size: Quantity;
  /** The size as written, or its default. */
  readonly sizeText: string;
  readonly storageClassName: string | undefined;
  /** How long images are kept, in nanoseconds. */
  readonly ttl: bigint;
}

/** 10Gi, the size of a cache's disk when it says nothing of it. */
const defaultSize: Quantity = { mantissa: 10n << 30n, exponent: 0 };

/** 168h, the time for which images are kept when a cache says nothing of garbage collection. */
const defaultTtl: bigint = 168n * 3600n * 1_000_000_000n;

/** Reduces a Shoot to what it means as the version before an update. */
export function summarizePrevious(shoot: Shoot): PreviousShoot {
  const extension = shoot.registryCache;
  const targets: Record<string, string> = {};
  for (const { name, target } of shoot.resources) if (name && target) targets[name.value] = target.value;
  const immutable = immutableValues(shoot);
  if (extension === undefined) return { config: "no-extension", caches: [], canonical: "", targets, immutable };
  const config =
    extension.providerConfig === undefined
      ? "missing"
      : extension.decodeProblems.length > 0
        ? "undecodable"
        : "decoded";
  const caches = extension.caches.map(toPreviousCache);
  return { config, caches, canonical: canonicalConfig(extension), targets, immutable };
}

/**
 * The configuration of an extension as text that is equal for two of them exactly when the extension calls them equal:
 * after defaulting, with quantities and durations by value. (pkg/admission/validator/cache/shoot.go)
 */
export function canonicalConfig(extension: RegistryCacheExtension): string {
  return JSON.stringify(extension.caches.map(canonicalCache), (_, value) =>
    typeof value === "bigint" ? value.toString() : value,
  );
}

/** What an update compares of a cache, with its defaults filled in. */
export function toPreviousCache(cache: Cache): PreviousCache {
  return {
    upstream: cache.upstream?.value ?? "",
    size: cache.volume?.size?.quantity ?? defaultSize,
    sizeText: cache.volume?.size?.text ?? "10Gi",
    storageClassName: cache.volume?.storageClassName?.value,
    ttl: effectiveTtl(cache),
  };
}

/** How long a cache keeps images, in nanoseconds. An empty garbageCollection object means 0, which is never. */
export function effectiveTtl({ garbageCollection }: Cache): bigint {
  return garbageCollection === undefined ? defaultTtl : (garbageCollection.ttl?.nanoseconds ?? 0n);
}

function canonicalCache(cache: Cache): readonly unknown[] {
  const { upstream, size, storageClassName, ttl } = toPreviousCache(cache);
  // A pointer that is nil differs from one to an empty value, so absence is kept apart from emptiness.
  return [
    upstream,
    digits(size),
    storageClassName ?? null,
    ttl,
    cache.remoteURL?.value ?? null,
    cache.secretReferenceName?.value ?? null,
    proxyOf(cache),
    cache.http === undefined ? true : (cache.http.tls?.value ?? false),
    cache.highAvailability === undefined ? null : (cache.highAvailability.enabled?.value ?? false),
    cache.serviceNameSuffix?.value ?? null,
  ];
}

function proxyOf({ proxies, proxy }: Cache): readonly unknown[] | null {
  return proxy === undefined ? null : proxies.map((it) => [it.path.slice(it.path.lastIndexOf(".")), it.value]);
}

/** The same text for every way to write one quantity: 1Gi and 1024Mi, 1 and 1.0. */
function digits({ mantissa, exponent }: Quantity): string {
  const [, figures = "", zeros = ""] = /^(-?\d*?)(0*)$/.exec(mantissa.toString()) ?? [];
  return figures === "" ? "0" : `${figures}e${exponent + zeros.length}`;
}
