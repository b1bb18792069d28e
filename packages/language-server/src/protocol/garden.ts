import type * as core from "@registry-cache/core";
import type * as operations from "@registry-cache/operations";
import type { Exchange } from "./wire.ts";

/** A context of a kubeconfig, as a person chooses it. */
export type GardenContext = operations.ContextSummary;

/** A project of a garden, and the namespace of its Shoots and Secrets. */
export type GardenProject = operations.ProjectPlace;

/** The garden that a person chose. */
export interface GardenTarget {
  /** Another file than kubectl's. */
  readonly kubeconfig?: string;
  readonly context: string;
  /** The context's own, unless told. */
  readonly namespace?: string;
  /** Every project that one may see. */
  readonly all?: boolean;
  /** Goes on trying when the garden cannot be reached at first: nobody waits for it. */
  readonly patient?: boolean;
}

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

/** What a program that logs in says to people. */
export interface GardenLogin {
  readonly context: string;
  readonly message: string;
}

/** A cache of a Shoot of the garden, or a mirror host, with its chain. */
export type GardenCache = core.CacheStatus;

/** A Shoot of the garden with its caches. */
export interface GardenShoot {
  readonly namespace: string;
  readonly name: string;
  readonly caches: readonly GardenCache[];
}

/** The Shoots of the garden that have caches. */
export interface GardenShoots {
  readonly shoots: readonly GardenShoot[];
  /** How many Shoots there are, those without caches too. */
  readonly total: number;
  /** They are as they were before the garden was lost. */
  readonly stale: boolean;
}

/** What a garden's schema is, once it is kept, and how it differs from ours. */
export interface PulledSchema extends Pick<operations.GardenSchema, "server" | "context" | "newer" | "missing"> {
  /** It was kept already as it is. */
  readonly unchanged: boolean;
  /** Shoots are held to it; otherwise settings name another one. */
  readonly used: boolean;
}

/** The requests about the garden that is connected, or is to be. */
export interface GardenRequests {
  /** The contexts of a kubeconfig; nobody is asked over a network. */
  readonly "registryCache/garden/contexts": Exchange<{ readonly kubeconfig?: string }, readonly GardenContext[]>;
  /** The projects that one may see. */
  readonly "registryCache/garden/projects": Exchange<GardenTarget, readonly GardenProject[]>;
  /** Connects in place of what was connected before; answered when everything was seen. */
  readonly "registryCache/garden/connect": Exchange<GardenTarget, GardenState>;
  readonly "registryCache/garden/disconnect": Exchange<undefined, null>;
  /** Looks anew at once. */
  readonly "registryCache/garden/refresh": Exchange<undefined, null>;
  readonly "registryCache/garden/state": Exchange<undefined, GardenState>;
  readonly "registryCache/garden/shoots": Exchange<undefined, GardenShoots>;
  /** Asks the garden for its schema and keeps it, as `schema pull` does. */
  readonly "registryCache/garden/pullSchema": Exchange<undefined, PulledSchema>;
  /** A Shoot as YAML, with passwords in addresses masked. */
  readonly "registryCache/garden/shoot": Exchange<{ readonly namespace: string; readonly name: string }, string>;
}
