import type { RuntimeCache } from "./cache.ts";

/** What a certificate of the caches says; whoever makes it needs no more. */
export interface CertificateSpec {
  readonly name: string;
  readonly commonName: string;
  readonly type: "CA" | "server";
  readonly validityDays: number;
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
}

const caName = "ca-extension-registry-cache";

/** The CA of all caches, and a server certificate for each cache with TLS (pkg/secrets/config.go). */
export function certificateSpecs(
  caches: readonly RuntimeCache[],
  clusterIpOf: (cache: RuntimeCache) => string | undefined,
): readonly CertificateSpec[] {
  const ca: CertificateSpec = {
    name: caName,
    commonName: caName,
    type: "CA",
    validityDays: 730,
    dnsNames: [],
    ipAddresses: [],
  };
  return [ca, ...caches.filter((it) => it.tls).map((it) => serverSpec(it, clusterIpOf(it)))];
}

function serverSpec({ names }: RuntimeCache, clusterIp: string | undefined): CertificateSpec {
  const name = `${names.resource}-tls`;
  return {
    name,
    commonName: name,
    type: "server",
    validityDays: 90,
    dnsNames: ["", ".kube-system", ".kube-system.svc", ".kube-system.svc.cluster.local"].map(
      (suffix) => names.service + suffix,
    ),
    ipAddresses: clusterIp === undefined ? [] : [clusterIp],
  };
}
