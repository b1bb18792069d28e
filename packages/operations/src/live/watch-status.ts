import type { CacheStatus } from "@registry-cache/core";
import type { GardenClient } from "@registry-cache/garden";
import { followLive, type LiveView, type Signal, secretsIn } from "./follow-live.ts";
import { resolveScope } from "./scope.ts";
import { getShoots, type StatusRequest, secretRefs } from "./status.ts";
import { statusOf } from "./status-of.ts";
import type { Unseen } from "./unseen.ts";

/** What has changed since the last time; at first everything is new. */
export interface StatusChange {
  readonly caches: readonly CacheStatus[];
  /** Shoots that are gone, as `namespace/name`. */
  readonly gone: readonly string[];
  readonly unseen: readonly Unseen[];
}

/** Tells the state of every cache and then of each that changes, over lost connections, until the signal ends it. */
export async function* watchStatus(
  client: GardenClient,
  request: StatusRequest,
  signal: Signal,
): AsyncGenerator<StatusChange> {
  const { namespaces, unseen: outside } = await resolveScope(client, request);
  const shown: Shown = new Map();
  // A name that is nobody's would be waited for without a word.
  await getShoots(client, namespaces, request.shoots);
  let hidden = outside;
  for await (const { view, gone, unseen: own } of followLive(client, { ...request, namespaces }, signal)) {
    for (const key of gone) shown.delete(key);
    const caches = changed(view, shown, Date.now());
    const unseen = [...hidden, ...own];
    hidden = [];
    if (caches.length + gone.length + unseen.length > 0) yield { caches, gone, unseen };
  }
}

/** What was told last of each Shoot, and each of its caches as text. */
type Shown = Map<string, readonly string[]>;

/** The caches that are not as they were told. */
function changed(view: LiveView, shown: Shown, now: number): readonly CacheStatus[] {
  const index = secretsIn(view);
  const found: CacheStatus[] = [];
  for (const [key, shoot] of view.shoots) {
    const before = shown.get(key);
    const state = JSON.stringify([shoot, secretRefs(shoot).map((it) => index.seen(it.namespace, it.name))]);
    if (before?.[0] === state) continue;
    const caches = statusOf(shoot, { secrets: index, now });
    // When the next window opens is no change.
    const texts = caches.map(({ window, ...it }) => JSON.stringify(it));
    found.push(...caches.filter((_, at) => !before?.includes(texts[at] ?? "")));
    shown.set(key, [state, ...texts]);
  }
  return found;
}
