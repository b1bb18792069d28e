import type { ApiObject } from "../api-server/object.ts";

/** Which Shoot a test wants. */
export interface CachedShoot {
  readonly namespace: string;
  readonly name: string;
  /** The Secret with the credentials of its cache. */
  readonly secret: string;
  /** More fields of its spec, or others instead. */
  readonly spec?: object;
}

/** A Shoot with a cache of docker.io, whose credentials are behind the entry `docker`. Small, and admitted by the simulator. */
export function cachedShoot({ namespace, name, secret, spec = {} }: CachedShoot): ApiObject {
  const providerConfig = {
    apiVersion: "registry.extensions.gardener.cloud/v1alpha3",
    kind: "RegistryConfig",
    caches: [{ upstream: "docker.io", secretReferenceName: "docker" }],
  };
  return {
    apiVersion: "core.gardener.cloud/v1beta1",
    kind: "Shoot",
    metadata: { name, namespace },
    spec: {
      seedName: "seed",
      provider: { type: "local", workers: [{ name: "w", cri: { name: "containerd" } }] },
      extensions: [{ type: "registry-cache", providerConfig }],
      resources: [{ name: "docker", resourceRef: { apiVersion: "v1", kind: "Secret", name: secret } }],
      ...spec,
    },
  };
}
