import type { Credentials, RuntimeCache } from "./cache.ts";

/** A cache with what it logs in with, as far as that is known. */
export interface CacheState {
  readonly cache: RuntimeCache;
  /** The Secret behind the cache's reference. */
  readonly secretName?: string | undefined;
  /** Undefined where the values are not known. */
  readonly credentials?: Credentials | undefined;
}

/** What a change of the Shoot does to the runtime of one cache. */
export interface CacheChange {
  readonly upstream: string;
  readonly kind: "added" | "removed" | "changed" | "unchanged";
  /** The pods are replaced one after the other; a cache with one replica is away for that time. */
  readonly restarts: boolean;
  /** "lost": all that was cached is fetched again. */
  readonly volume: "new" | "lost" | "kept";
  /** What every node's containerd is told anew. */
  readonly nodes: "new" | "rewritten" | "removed" | "kept";
  /** Why, in the order of the fields. */
  readonly reasons: readonly string[];
  /** What admission will refuse, so that nothing of this happens. */
  readonly refused: readonly string[];
}

/** Compares the caches of a Shoot before and after a change; they are the same cache when their upstream is the same. */
export function compareCaches(before: readonly CacheState[], after: readonly CacheState[]): readonly CacheChange[] {
  const removed = before.filter((old) => !after.some((it) => isSame(it, old)));
  return [
    ...after.map((it) => {
      const old = before.find((other) => isSame(other, it));
      return old === undefined ? added(it) : changed(old, it);
    }),
    ...removed.map(({ cache }) => remove(cache)),
  ];
}

function isSame(a: CacheState, b: CacheState): boolean {
  return a.cache.upstream === b.cache.upstream;
}

function added({ cache }: CacheState): CacheChange {
  const reasons = ["the cache is new"];
  const { upstream } = cache;
  return { upstream, kind: "added", restarts: false, volume: "new", nodes: "new", reasons, refused: [] };
}

function remove({ upstream }: RuntimeCache): CacheChange {
  const reasons = ["the cache is gone, and its volume with it"];
  return { upstream, kind: "removed", restarts: false, volume: "lost", nodes: "removed", reasons, refused: [] };
}

function changed(old: CacheState, now: CacheState): CacheChange {
  const effects = effectTable.filter((it) => it.differs(old, now));
  const restarts = effects.some((it) => it.restarts);
  const rewritten = effects.some((it) => it.nodes);
  const kind = effects.length === 0 ? "unchanged" : "changed";
  return {
    upstream: now.cache.upstream,
    kind,
    restarts,
    volume: "kept",
    nodes: rewritten ? "rewritten" : "kept",
    reasons: effects.map((it) => it.reason(old, now)),
    refused: effects.flatMap((it) => it.refused ?? []),
  };
}

interface Effect {
  readonly differs: (old: CacheState, now: CacheState) => boolean;
  readonly reason: (old: CacheState, now: CacheState) => string;
  /** The pod template changes with it. */
  readonly restarts?: true;
  /** The address or the server in hosts.toml changes with it. */
  readonly nodes?: true;
  readonly refused?: string;
}

const effectTable: readonly Effect[] = [
  { ...field("remoteUrl", "remoteURL"), restarts: true, nodes: true },
  {
    ...field("size", "volume.size"),
    refused: "the size of a volume is immutable; to change it, remove the cache and add it again in a second update",
  },
  {
    ...field("storageClassName", "volume.storageClassName"),
    refused:
      "the storage class of a volume is immutable; to change it, remove the cache and add it again in a second update",
  },
  { ...field("ttl", "garbageCollection.ttl"), restarts: true },
  { ...field("httpProxy", "proxy.httpProxy"), restarts: true },
  { ...field("httpsProxy", "proxy.httpsProxy"), restarts: true },
  { ...field("tls", "http.tls"), restarts: true, nodes: true },
  // Gardener's webhook spreads the replicas, so the template changes with their number.
  { ...field("highAvailability", "highAvailability.enabled"), restarts: true },
  {
    // A Service of another name has another address, and a certificate names its Service.
    differs: (old, now) => old.cache.names.service !== now.cache.names.service,
    reason: (old, now) => `the Service is ${now.cache.names.service}, it was ${old.cache.names.service}`,
    restarts: true,
    nodes: true,
  },
  {
    differs: logsInOtherwise,
    reason: (old, now) => `the login comes from ${secretOf(now)}, it came from ${secretOf(old)}`,
    restarts: true,
  },
];

function field(name: Exclude<keyof RuntimeCache, "names">, written: string): Pick<Effect, "differs" | "reason"> {
  const said = (state: CacheState): string => String(state.cache[name] ?? "not set");
  return {
    differs: (old, now) => old.cache[name] !== now.cache[name],
    reason: (old, now) => `${written} is ${said(now)}, it was ${said(old)}`,
  };
}

/** Where both logins are known, only another login counts; otherwise another Secret does. */
function logsInOtherwise(old: CacheState, now: CacheState): boolean {
  if (old.credentials === undefined || now.credentials === undefined) return old.secretName !== now.secretName;
  const { username, password } = now.credentials;
  return old.credentials.username !== username || old.credentials.password !== password;
}

function secretOf({ secretName }: CacheState): string {
  return secretName === undefined ? "nowhere" : `Secret "${secretName}"`;
}
