import type { CacheStatus } from "@registry-cache/core";
import type { ApiObject } from "@registry-cache/garden";
import { type LiveView, secretsIn } from "./follow-live.ts";
import type { SecretIndex } from "./secret-index.ts";
import { secretRefs } from "./status.ts";
import { statusOf } from "./status-of.ts";

/** So long others wait for a turn, in milliseconds. */
const slice = 10;

/**
 * Gives the state of every cache of a view, in the order of the Shoots' names. A Shoot is judged again only when it has changed,
 * and after some milliseconds others have their turn.
 */
export function createCacheReader(
  pause: () => Promise<void>,
): (view: LiveView, now: number) => Promise<readonly CacheStatus[]> {
  const known = new WeakMap<ApiObject, Judged>();
  return async (view, now) => {
    const index = secretsIn(view);
    const found: CacheStatus[] = [];
    let until = Date.now() + slice;
    for (const shoot of inOrder(view)) {
      found.push(...judge(known, shoot, index, now));
      if (Date.now() < until) continue;
      await pause();
      until = Date.now() + slice;
    }
    return found;
  };
}

interface Judged {
  readonly seen: string;
  readonly caches: readonly CacheStatus[];
}

function inOrder({ shoots }: LiveView): readonly ApiObject[] {
  const sorted = [...shoots].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([, shoot]) => shoot);
}

function judge(
  known: WeakMap<ApiObject, Judged>,
  shoot: ApiObject,
  index: SecretIndex,
  now: number,
): readonly CacheStatus[] {
  const seen = JSON.stringify(secretRefs(shoot).map((it) => index.seen(it.namespace, it.name)));
  const before = known.get(shoot);
  if (before?.seen === seen) return before.caches;
  const caches = statusOf(shoot, { secrets: index, now });
  known.set(shoot, { seen, caches });
  return caches;
}
