import type { CacheStatus } from "@registry-cache/core";
import type { ApiObject } from "@registry-cache/garden";
import { type LiveView, secretsIn } from "./follow-live.ts";
import { secretRefs, statusOf } from "./status.ts";

/** Gives the state of every cache of a view, in the order of the Shoots' names. A Shoot is judged again only when it has changed. */
export function createCacheReader(): (view: LiveView, now: number) => readonly CacheStatus[] {
  const known = new WeakMap<ApiObject, { readonly seen: string; readonly caches: readonly CacheStatus[] }>();
  return (view, now) => {
    const index = secretsIn(view);
    return [...view.shoots.keys()].sort().flatMap((key) => {
      const shoot = view.shoots.get(key);
      if (shoot === undefined) return [];
      const seen = JSON.stringify(secretRefs(shoot).map((it) => index.seen(it.namespace, it.name)));
      const before = known.get(shoot);
      if (before?.seen === seen) return before.caches;
      const caches = statusOf(shoot, index, now);
      known.set(shoot, { seen, caches });
      return caches;
    });
  };
}
