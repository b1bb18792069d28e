import type { Result } from "@registry-cache/core";
import { type CacheChange, type CacheState, compareCaches, readRuntimeCaches } from "@registry-cache/runtime";
import type { OpenShoot } from "./open-shoot.ts";

/** What changing a Shoot from one version to the other does to each of its caches. A Shoot without caches has none. */
export function diffShoots(before: OpenShoot | undefined, after: OpenShoot): Result<readonly CacheChange[], string> {
  const old = before === undefined ? { ok: true as const, value: [] } : statesOf(before);
  if (!old.ok) return { ok: false, error: `before the change: ${old.error}` };
  const now = statesOf(after);
  return now.ok ? { ok: true, value: compareCaches(old.value, now.value) } : now;
}

function statesOf(open: OpenShoot): Result<readonly CacheState[], string> {
  if (open.shoot.registryCache === undefined) return { ok: true, value: [] };
  const caches = readRuntimeCaches(open.shoot);
  if (!caches.ok) return caches;
  return {
    ok: true,
    value: caches.value.map((cache) => {
      const login = open.loginOf(cache.secretReferenceName);
      return {
        cache,
        secretName: login.kind === "none" ? undefined : login.secretName,
        credentials: login.kind === "known" ? login.credentials : undefined,
      };
    }),
  };
}
