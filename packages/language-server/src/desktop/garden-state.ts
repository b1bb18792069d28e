import type { CacheStatus } from "@registry-cache/core";
import { isBoolean, isString, optional, shape } from "../guards.ts";

/** The garden that somebody chose. */
export interface GardenTarget {
  /** Another file than kubectl's. */
  readonly kubeconfig?: string | null | undefined;
  readonly context: string;
  /** The context's own, unless told. */
  readonly namespace?: string | null | undefined;
  /** Every project that one may see. */
  readonly all?: boolean | null | undefined;
  /** Goes on trying when the garden cannot be reached at first: nobody waits for it. */
  readonly patient?: boolean | null | undefined;
}

export const isTarget: (value: unknown) => value is GardenTarget = shape({
  kubeconfig: optional(isString),
  context: isString,
  namespace: optional(isString),
  all: optional(isBoolean),
  patient: optional(isBoolean),
});

/** How it stands with the garden. `no-access`: somebody has to do something before it is asked again. */
export type GardenPhase = "disconnected" | "connecting" | "connected" | "offline" | "no-access";

/** What clients are told of the garden: nothing of it is a credential. */
export interface GardenState {
  readonly phase: GardenPhase;
  readonly context?: string;
  /** The host of its server. */
  readonly server?: string;
  /** The namespace whose Shoots are shown; absent for all. */
  readonly namespace?: string;
  /** What went wrong, as kubectl words it. */
  readonly message?: string;
  /** What may not be seen, or is not followed, in words. */
  readonly unseen?: readonly string[];
}

/** The Shoots of the garden with their caches, as clients get them. */
export interface GardenShoots {
  readonly shoots: readonly GardenShoot[];
  /** How many Shoots there are, those without caches too. */
  readonly total: number;
  /** They are as they were before the garden was lost. */
  readonly stale: boolean;
}

/** A Shoot of the garden. */
export interface GardenShoot {
  readonly namespace: string;
  readonly name: string;
  readonly caches: readonly CacheStatus[];
}

/** Puts the caches of each Shoot together, in their order. */
export function byShoot(caches: readonly CacheStatus[]): readonly GardenShoot[] {
  const shoots = new Map<string, { namespace: string; name: string; caches: CacheStatus[] }>();
  for (const cache of caches) {
    const { namespace, shoot: name } = cache;
    const key = `${namespace}/${name}`;
    const known = shoots.get(key);
    if (known === undefined) shoots.set(key, { namespace, name, caches: [cache] });
    else known.caches.push(cache);
  }
  return [...shoots.values()];
}
