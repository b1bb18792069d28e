import { isBoolean, isString, optional, shape } from "../guards.ts";
import type { GardenCache, GardenShoot } from "../protocol/garden.ts";

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
