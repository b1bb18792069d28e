import { sha256Hex } from "../encoding/sha256.ts";

const prefix = "registry-";
/** The length of the longest upstream that is not cut. */
export const maxUpstream = 43;

/** The value of the label `upstream-host` of a cache: at most 43 characters, long upstreams cut and hashed (pkg/utils/registry). */
export function upstreamLabel(upstream: string): string {
  const label = upstream.replaceAll(":", "-");
  // Upstream measures the upstream with its port, and hashes it before the colon is replaced.
  return upstream.length > maxUpstream ? `${label.slice(0, 37)}-${sha256Hex(upstream).slice(0, 5)}` : label;
}

/** The name of a cache's StatefulSet, and the start of the names of its other objects. */
export function resourceName(upstream: string): string {
  return prefix + upstreamLabel(upstream).replaceAll(".", "-");
}

/** The name of a cache's Service: the only object that follows `serviceNameSuffix`. */
export function serviceName(upstream: string, suffix?: string): string {
  return suffix === undefined ? resourceName(upstream) : prefix + suffix;
}

/** The URL that a cache without `remoteURL` fetches from. */
export function defaultRemoteUrl(upstream: string): string {
  return upstream === "docker.io" ? "https://registry-1.docker.io" : `https://${upstream}`;
}
