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
  const { text, mended } = renderConfigFile(cache, options.credentialsOf(cache));
  const parts: CacheParts = {
    cache,
    image: options.image,
    config: secretPart(`${cache.names.resource}-config`, { "config.yml": text }),
    certificate: cache.tls ? tlsPart(cache, options.certificateOf(cache)) : undefined,
  };
  const table = options.verticalPodAutoscaling ? [...always, renderVerticalPodAutoscaler] : always;
  const objects = table.flatMap((render) => render(parts) ?? []).map(withoutAbsentFields);
  return { cache, objects, mended };
}

function tlsPart({ names }: RuntimeCache, { certificate, key }: ServerCertificate): SecretPart {
  return secretPart(`${names.resource}-tls`, { "tls.crt": certificate, "tls.key": key });
}

function secretPart(prefix: string, data: SecretPart["data"]): SecretPart {
  return { name: `${prefix}-${contentHash(data)}`, data };
}
