import type { LiveView } from "@registry-cache/operations";
import { isBoolean, isString, optional, shape } from "../guards.ts";
import type { GardenCache, GardenShoot, GardenShoots } from "../protocol/garden.ts";

/** The garden that somebody chose; clients write null for what they leave out. */
export interface GardenTarget {
  readonly kubeconfig?: string | null | undefined;
  readonly context: string;
  readonly namespace?: string | null | undefined;
  readonly all?: boolean | null | undefined;
  readonly patient?: boolean | null | undefined;
}

export const isTarget: (value: unknown) => value is GardenTarget = shape({
  kubeconfig: optional(isString),
  context: isString,
  namespace: optional(isString),
  all: optional(isBoolean),
  patient: optional(isBoolean),
});

/** Puts the caches of each Shoot together, in their order. */
export function byShoot(caches: readonly GardenCache[]): readonly GardenShoot[] {
  const shoots = new Map<string, { namespace: string; name: string; caches: GardenCache[] }>();
  for (const cache of caches) {
    const { namespace, shoot: name } = cache;
    const key = `${namespace}/${name}`;
    const known = shoots.get(key);
    if (known === undefined) shoots.set(key, { namespace, name, caches: [cache] });
    else known.caches.push(cache);
  }
  return [...shoots.values()];
}

/** The Shoots of a view that lie within what was asked for. */
export function shootsOf(
  { shoots }: LiveView,
  caches: readonly GardenCache[],
  scope: readonly (string | undefined)[],
): Omit<GardenShoots, "stale"> {
  const within = (namespace: string): boolean => scope.includes(undefined) || scope.includes(namespace);
  return {
    shoots: byShoot(caches.filter((it) => within(it.namespace))),
    total: [...shoots.keys()].filter((it) => within(it.split("/")[0] ?? "")).length,
  };
}
