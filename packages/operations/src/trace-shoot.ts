import type { Result } from "@registry-cache/core";
import {
  cacheHosts,
  endpointOf,
  mirrorHosts,
  readImageName,
  readRuntimeCaches,
  type Trace,
  type TracedRegistry,
  traceImage,
} from "@registry-cache/runtime";
import type { OpenShoot } from "./open-shoot.ts";

/** Works out how a node of the Shoot pulls an image. */
export function traceInShoot(
  open: OpenShoot,
  image: string,
  endpoints: ReadonlyMap<string, string>,
): Result<Trace, string> {
  const name = readImageName(image);
  if (!name.ok) return name;
  const registries = registriesOf(open, endpoints);
  return registries.ok ? { ok: true, value: traceImage(name.value, registries.value) } : registries;
}

function registriesOf(
  open: OpenShoot,
  endpoints: ReadonlyMap<string, string>,
): Result<readonly TracedRegistry[], string> {
  const { shoot } = open;
  const caches = shoot.registryCache === undefined ? { ok: true as const, value: [] } : readRuntimeCaches(shoot);
  if (!caches.ok) return caches;
  const ofCaches = caches.value.map((cache) => {
    const login = open.loginOf(cache.secretReferenceName);
    const endpoint = endpoints.get(cache.upstream) ?? endpointOf(cache, `ADDRESS-OF-${cache.names.service}`);
    const secretName = login.kind === "none" ? undefined : (login.secretName ?? cache.secretReferenceName);
    return { ...cacheHosts(cache, endpoint), kind: "cache" as const, secretName };
  });
  const mirrors = (shoot.registryMirror?.mirrors ?? []).map((it) => ({ ...mirrorHosts(it), kind: "mirror" as const }));
  return { ok: true, value: [...ofCaches, ...mirrors] };
}
