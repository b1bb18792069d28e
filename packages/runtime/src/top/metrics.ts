/** What a cache has done since it started. */
export interface CacheCounts {
  readonly requests: number;
  readonly hits: number;
  readonly misses: number;
  /** Bytes from the upstream. */
  readonly pulled: number;
  /** Bytes to the nodes. */
  readonly pushed: number;
}

/** What a cache has been worth. */
export interface CacheWorth extends CacheCounts {
  /** The part of the requests that it could answer by itself; undefined before the first. */
  readonly hitRatio: number | undefined;
  /** Bytes that nobody had to fetch from the upstream. */
  readonly saved: number;
}

const fields = {
  requests: "registry_proxy_requests_total",
  hits: "registry_proxy_hits_total",
  misses: "registry_proxy_misses_total",
  pulled: "registry_proxy_pulled_bytes_total",
  pushed: "registry_proxy_pushed_bytes_total",
} as const;

/** Reads the counters of a registry from the text that Prometheus reads; blobs and manifests together. */
export function readCounts(text: string): CacheCounts {
  const sums = new Map<string, number>();
  for (const line of text.split("\n")) {
    const [, name, value] = /^(registry_proxy_\w+)(?:\{[^}]*\})? (\S+)/.exec(line) ?? [];
    const number = Number(value);
    if (name !== undefined && Number.isFinite(number)) sums.set(name, (sums.get(name) ?? 0) + number);
  }
  const sum = (field: keyof typeof fields): number => sums.get(fields[field]) ?? 0;
  return {
    requests: sum("requests"),
    hits: sum("hits"),
    misses: sum("misses"),
    pulled: sum("pulled"),
    pushed: sum("pushed"),
  };
}

/** Adds up the replicas of a cache: each has a storage of its own. */
export function worthOf(replicas: readonly CacheCounts[]): CacheWorth {
  const sum = (field: keyof CacheCounts): number => replicas.reduce((all, it) => all + it[field], 0);
  const [requests, hits, pulled, pushed] = [sum("requests"), sum("hits"), sum("pulled"), sum("pushed")];
  return {
    ...{ requests, hits, misses: sum("misses"), pulled, pushed },
    hitRatio: requests === 0 ? undefined : hits / requests,
    saved: Math.max(0, pushed - pulled),
  };
}

const bars = "▁▂▃▄▅▆▇█";

/** Draws numbers as bars, the highest of them full; a row of nothing stays low. */
export function sparkline(values: readonly number[]): string {
  const most = Math.max(...values, 1);
  return values.map((it) => bars.charAt(Math.round((Math.max(0, it) / most) * (bars.length - 1)))).join("");
}
