import { defaultRemoteUrl, type MirrorView, sha256Hex } from "@registry-cache/core";
import type { RuntimeCache } from "./cache.ts";
import type { RegistryHosts } from "./hosts-toml.ts";

/** The CA file of all caches on a node. */
export const caBundlePath = "/etc/containerd/certs.d/ca-bundle.pem";

/** The CA file of all caches on a node of a cluster without Gardener. */
export const clusterCaPath = "/etc/containerd/certs.d/registry-cache-ca.crt";

/** The URL under which nodes reach a cache: its Service's address and the port of the registry; IPv6 in brackets. */
export function endpointOf(cache: Pick<RuntimeCache, "tls">, clusterIp: string): string {
  const host = clusterIp.includes(":") ? `[${clusterIp}]` : clusterIp;
  return `${cache.tls ? "https" : "http"}://${host}:5000`;
}

/** What the extension adds to a node's containerd for a cache (pkg/webhook/cache/ensurer.go). */
export function cacheHosts(
  cache: { readonly upstream: string; readonly remoteUrl: string },
  endpoint: string,
  caPath: string = caBundlePath,
): RegistryHosts {
  const caCerts = endpoint.startsWith("https:") ? { caCerts: [caPath] } : {};
  return {
    upstream: cache.upstream,
    server: cache.remoteUrl,
    hosts: [{ url: endpoint, capabilities: ["pull", "resolve"], ...caCerts }],
    readinessProbe: true,
  };
}

/** What the extension adds to a node's containerd for a mirrored registry (pkg/webhook/mirror/ensurer.go). */
export function mirrorHosts({ upstream, hosts }: MirrorView): RegistryHosts {
  const name = upstream?.value ?? "";
  return {
    upstream: name,
    server: defaultRemoteUrl(name),
    hosts: hosts.map((it) => {
      const url = it.host?.value ?? "";
      const named = it.capabilities.map(({ value }) => value);
      return {
        url,
        capabilities: named.length === 0 ? ["pull"] : named,
        ...(it.caBundleSecretReferenceName === undefined ? {} : { caCerts: [mirrorCaPath(name, url)] }),
        ...(it.overridePath?.value === undefined ? {} : { overridePath: it.overridePath.value }),
      };
    }),
    readinessProbe: false,
  };
}

const maxFileName = 255;
const caSuffix = "-ca-bundle.pem";

/** The CA file of one mirror host on a node; a name that a file system would refuse is cut and hashed. */
export function mirrorCaPath(upstream: string, url: string): string {
  const plain = url.replace(/^https?:\/\//, "").replaceAll(/[:/]/g, "-");
  const name =
    plain.length + caSuffix.length > maxFileName
      ? `${plain.slice(0, maxFileName - caSuffix.length - 6)}-${sha256Hex(url).slice(0, 5)}`
      : plain;
  return `/etc/containerd/certs.d/${upstream.replaceAll(":", "-")}/${name}${caSuffix}`;
}
