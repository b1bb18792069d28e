import { sha256Hex } from "@registry-cache/core";
import type { RuntimeCache } from "../cache.ts";
import type { Json, KubernetesObject } from "../kubernetes-object.ts";
import { type CacheParts, labelsOf, namespace, type SecretPart } from "./part.ts";

/** The StatefulSet of a cache. Two replicas of a highly available one are the work of Gardener's webhook, not of the object. */
export function renderStatefulSet(parts: CacheParts): KubernetesObject {
  const { cache } = parts;
  const labels = labelsOf(cache);
  const annotations = referencesOf(parts);
  const highAvailability = cache.highAvailability
    ? { "high-availability-config.resources.gardener.cloud/type": "server" }
    : {};
  return {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: cache.names.resource, namespace, labels: { ...labels, ...highAvailability }, annotations },
    spec: {
      replicas: 1,
      revisionHistoryLimit: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: {
          labels: {
            ...labels,
            "app.kubernetes.io/name": "registry-cache",
            "networking.gardener.cloud/to-dns": "allowed",
            "networking.gardener.cloud/to-public-networks": "allowed",
          },
          annotations,
        },
        spec: {
          automountServiceAccountToken: false,
          priorityClassName: "system-cluster-critical",
          securityContext: podSecurity,
          containers: [renderContainer(parts)],
          volumes: renderVolumes(parts),
        },
      },
      volumeClaimTemplates: [renderClaim(cache)],
    },
  };
}

/** Who deletes unused Secrets learns from these which ones are mounted. */
function referencesOf({ config, certificate }: CacheParts): { readonly [annotation: string]: string } {
  const mounted = [config.name, ...(certificate === undefined ? [] : [certificate.name])];
  return Object.fromEntries(
    mounted.map((name) => [`reference.resources.gardener.cloud/secret-${sha256Hex(name).slice(0, 8)}`, name]),
  );
}

/** What lets a pod of a cache run where pod security is restricted. */
export const podSecurity = {
  fsGroup: 65532,
  fsGroupChangePolicy: "OnRootMismatch",
  seccompProfile: { type: "RuntimeDefault" },
};

const containerSecurity = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  runAsUser: 65532,
  runAsGroup: 65532,
  capabilities: { drop: ["ALL"] },
};

/** The container of a cache; what is added comes after what every cache has. */
export function renderContainer(
  { cache, certificate, image }: Pick<CacheParts, "cache" | "certificate" | "image">,
  added: { readonly mounts?: readonly Json[]; readonly env?: readonly Json[] } = {},
): {
  readonly [field: string]: Json | undefined;
} {
  const proxies = [
    { name: "HTTP_PROXY", value: cache.httpProxy },
    { name: "HTTPS_PROXY", value: cache.httpsProxy },
  ].filter((it) => it.value !== undefined);
  const env = [...proxies, ...(added.env ?? [])];
  const probe = { httpGet: { path: "/debug/health", port: 5001 }, periodSeconds: 20, successThreshold: 1 };
  return {
    name: "registry-cache",
    image,
    imagePullPolicy: "IfNotPresent",
    env: env.length === 0 ? undefined : env,
    ports: [
      { name: "registry-cache", containerPort: 5000 },
      { name: "debug", containerPort: 5001 },
    ],
    resources: { requests: { cpu: "20m", memory: "50Mi" } },
    securityContext: containerSecurity,
    livenessProbe: { ...probe, failureThreshold: 6 },
    readinessProbe: { ...probe, failureThreshold: 3 },
    volumeMounts: [
      { name: "cache-volume", mountPath: "/var/lib/registry" },
      { name: "config-volume", mountPath: "/etc/distribution" },
      ...(certificate === undefined ? [] : [{ name: "certs-volume", mountPath: "/etc/distribution/certs" }]),
      ...(added.mounts ?? []),
    ],
  };
}

function renderVolumes({ config, certificate }: CacheParts): readonly Json[] {
  return [{ name: "config-volume", secret: { secretName: config.name } }, ...renderCertificateVolume(certificate)];
}

/** The volume of a server's certificate, where there is one. */
export function renderCertificateVolume(certificate: SecretPart | undefined): readonly Json[] {
  return certificate === undefined
    ? []
    : [{ name: "certs-volume", secret: { secretName: certificate.name, defaultMode: 0o640 } }];
}

/** The claim of a cache's disk. */
export function renderClaim(cache: RuntimeCache): Json {
  return {
    metadata: { name: "cache-volume", labels: labelsOf(cache) },
    spec: {
      accessModes: ["ReadWriteOnce"],
      resources: { requests: { storage: cache.size } },
      storageClassName: cache.storageClassName,
    },
  };
}
