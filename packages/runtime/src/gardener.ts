import { redacted } from "@registry-cache/core";
import type { Credentials, RuntimeCache } from "./cache.ts";
import { type ConfigFile, renderConfigFile } from "./config-file.ts";
import { contentHash } from "./content-hash.ts";
import { type KubernetesObject, withoutAbsentFields } from "./kubernetes-object.ts";
import { renderNetworkPolicy } from "./objects/network-policy.ts";
import type { CacheParts, RenderObject, SecretPart } from "./objects/part.ts";
import { renderPodDisruptionBudget } from "./objects/pod-disruption-budget.ts";
import { renderConfigSecret, renderTlsSecret } from "./objects/secrets.ts";
import { renderService } from "./objects/service.ts";
import { renderStatefulSet } from "./objects/stateful-set.ts";
import { renderVerticalPodAutoscaler } from "./objects/vertical-pod-autoscaler.ts";

/** What the renderer is given beside the caches. */
export interface RenderOptions {
  readonly image: string;
  /** The Shoot has vertical pod autoscaling. */
  readonly verticalPodAutoscaling: boolean;
  readonly credentialsOf: (cache: RuntimeCache) => Credentials | undefined;
  /** The server certificate of a cache with TLS, as PEM. */
  readonly certificateOf: (cache: RuntimeCache) => ServerCertificate;
  /** Shows neither logins nor keys. Names are those of the whole values all the same. */
  readonly redact?: boolean;
}

/** A certificate and its key, as PEM. */
export interface ServerCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** The objects of one cache, and what had to be written otherwise than the extension would. */
export interface RenderedCache {
  readonly cache: RuntimeCache;
  readonly objects: readonly KubernetesObject[];
  readonly mended: ConfigFile["mended"];
}

/** Renders what the extension puts into a Shoot for its caches, in the order in which it deploys them: Services first. */
export function renderCaches(caches: readonly RuntimeCache[], options: RenderOptions): readonly RenderedCache[] {
  return caches.map((cache) => renderCache(cache, options));
}

/** Renders what a Shoot has once, however many caches it has. */
export function renderShared(): readonly KubernetesObject[] {
  return [renderNetworkPolicy()];
}

const always: readonly RenderObject[] = [
  ({ cache }) => renderService(cache),
  renderConfigSecret,
  renderTlsSecret,
  renderStatefulSet,
  renderPodDisruptionBudget,
];

function renderCache(cache: RuntimeCache, options: RenderOptions): RenderedCache {
  const credentials = options.credentialsOf(cache);
  const { text, mended } = renderConfigFile(cache, credentials);
  const shown = options.redact && credentials ? renderConfigFile(cache, nobody).text : text;
  const parts: CacheParts = {
    cache,
    image: options.image,
    config: secretPart(`${cache.names.resource}-config`, { "config.yml": text }, { "config.yml": shown }),
    certificate: cache.tls ? tlsPart(cache, options) : undefined,
  };
  const table = options.verticalPodAutoscaling ? [...always, renderVerticalPodAutoscaler] : always;
  const objects = table.flatMap((render) => render(parts) ?? []).map(withoutAbsentFields);
  return { cache, objects, mended };
}

const nobody: Credentials = { username: redacted, password: redacted };

function tlsPart(cache: RuntimeCache, { certificateOf, redact }: RenderOptions): SecretPart {
  const { certificate, key } = certificateOf(cache);
  const data = { "tls.crt": certificate, "tls.key": key };
  return secretPart(`${cache.names.resource}-tls`, data, redact ? { ...data, "tls.key": redacted } : data);
}

function secretPart(prefix: string, data: SecretPart["data"], shown: SecretPart["data"]): SecretPart {
  return { name: `${prefix}-${contentHash(data)}`, data: shown };
}
