import type { RuntimeCache } from "../cache.ts";
import { renderClusterConfigFile } from "../config-file.ts";
import { contentHash } from "../content-hash.ts";
import type { Json, KubernetesObject } from "../kubernetes-object.ts";
import { labelsOf, type SecretPart } from "../objects/part.ts";
import { renderSecret } from "../objects/secrets.ts";
import { renderService } from "../objects/service.ts";
import { podSecurity, renderCertificateVolume, renderClaim, renderContainer } from "../objects/stateful-set.ts";
import { credentialsName, credentialsPath, helperName, helperScript, renderCredentials } from "./credentials.ts";
import type { ClusterOptions } from "./options.ts";

/** Renders one cache for a cluster without Gardener: what restarts it is named after its content, the login is read while it runs. */
export function renderClusterCache(cache: RuntimeCache, options: ClusterOptions): readonly KubernetesObject[] {
  const credentials = options.credentialsOf(cache);
  const settings = settingsOf(cache, credentials !== undefined);
  const certificate = cache.tls ? certificatePart(cache, options) : undefined;
  const service = renderService(cache);
  return [
    { ...service, metadata: metadataOf(cache, service.metadata.name, options, service.metadata.annotations) },
    configMap(cache, settings, options),
    ...(credentials === undefined ? [] : [renderCredentials(cache, credentials, options)]),
    ...(certificate === undefined ? [] : [tlsSecret(cache, certificate, options)]),
    statefulSet({ cache, certificate, settings, options, isPrivate: credentials !== undefined }),
    ...(cache.highAvailability ? [disruptionBudget(cache, options)] : []),
  ];
}

/** A ConfigMap whose name follows its content. */
interface Settings {
  readonly name: string;
  readonly data: { readonly [key: string]: string };
}

function settingsOf(cache: RuntimeCache, isPrivate: boolean): Settings {
  const data: Settings["data"] = isPrivate
    ? {
        "config.yml": renderClusterConfigFile(cache, { command: `/etc/distribution/${helperName}`, lifetime: "1m" }),
        [helperName]: helperScript,
      }
    : { "config.yml": renderClusterConfigFile(cache) };
  return { name: `${cache.names.resource}-config-${contentHash(data)}`, data };
}

function configMap(cache: RuntimeCache, { name, data }: Settings, options: ClusterOptions): KubernetesObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: metadataOf(cache, name, options), immutable: true, data };
}

function certificatePart(cache: RuntimeCache, { certificateOf }: ClusterOptions): SecretPart {
  const { certificate, key } = certificateOf(cache);
  const data = { "tls.crt": certificate, "tls.key": key };
  return { name: `${cache.names.resource}-tls-${contentHash(data)}`, data };
}

function tlsSecret(cache: RuntimeCache, part: SecretPart, options: ClusterOptions): KubernetesObject {
  return { ...renderSecret(part, {}), metadata: metadataOf(cache, part.name, options), type: "kubernetes.io/tls" };
}

function metadataOf(
  cache: RuntimeCache,
  name: string,
  { namespace, labels }: ClusterOptions,
  annotations?: { readonly [name: string]: string },
): KubernetesObject["metadata"] {
  return { name, namespace, labels: { ...labels, ...labelsOf(cache) }, ...(annotations && { annotations }) };
}

interface StatefulSetParts {
  readonly cache: RuntimeCache;
  readonly certificate: SecretPart | undefined;
  readonly settings: Settings;
  readonly options: ClusterOptions;
  readonly isPrivate: boolean;
}

function statefulSet(parts: StatefulSetParts): KubernetesObject {
  const { cache, options } = parts;
  const selector = labelsOf(cache);
  const labels = { ...options.labels, ...selector, "app.kubernetes.io/name": "registry-cache" };
  return {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: metadataOf(cache, cache.names.resource, options),
    spec: {
      serviceName: cache.names.service,
      replicas: cache.highAvailability ? 2 : 1,
      revisionHistoryLimit: 2,
      selector: { matchLabels: selector },
      template: { metadata: { labels }, spec: podSpec(parts) },
      volumeClaimTemplates: [renderClaim(cache)],
    },
  };
}

function podSpec({ cache, certificate, settings, options, isPrivate }: StatefulSetParts): Json {
  const login = { name: "credentials-volume", secret: { secretName: credentialsName(cache), defaultMode: 0o440 } };
  const mounts = isPrivate ? [{ name: login.name, mountPath: credentialsPath, readOnly: true }] : [];
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: podSecurity,
    topologySpreadConstraints: cache.highAvailability ? spread(cache) : undefined,
    containers: [renderContainer({ cache, certificate, image: options.image }, { mounts, env: [noTraces] })],
    volumes: [
      // The helper is a program.
      { name: "config-volume", configMap: { name: settings.name, defaultMode: isPrivate ? 0o555 : 0o444 } },
      ...renderCertificateVolume(certificate),
      ...(isPrivate ? [login] : []),
    ],
  };
}

// distribution#4270: without it every pod logs that it cannot reach a collector of traces.
const noTraces = { name: "OTEL_TRACES_EXPORTER", value: "none" };

/** Each replica keeps images of its own, so two of them help only on different nodes, and best in different zones. */
function spread(cache: RuntimeCache): Json {
  return ["kubernetes.io/hostname", "topology.kubernetes.io/zone"].map((topologyKey) => ({
    topologyKey,
    maxSkew: 1,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: labelsOf(cache) },
  }));
}

function disruptionBudget(cache: RuntimeCache, options: ClusterOptions): KubernetesObject {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: metadataOf(cache, cache.names.resource, options),
    spec: {
      maxUnavailable: 1,
      selector: { matchLabels: labelsOf(cache) },
      unhealthyPodEvictionPolicy: "AlwaysAllow",
    },
  };
}
