import type * as core from "@registry-cache/core";
import type { Exchange, Wire } from "./wire.ts";

/** How a link of a chain is. */
export type Health = core.Health;

/** One link of a chain: what it is called, where it is written if anywhere, and how it is. */
export type ChainLink = Wire<core.ChainLink>;

/** A Shoot with all that its caches and mirrors refer to. */
export type ShootChain = Wire<core.ShootChain>;

/** A cache, or a mirror host, and the entry of spec.resources that it names. */
export type UpstreamChain = Wire<core.UpstreamChain>;

/** An entry of spec.resources, and the Secret that it names. */
export type ReferenceChain = Wire<core.ReferenceChain>;

/** The requests about the chains of all Shoots. */
export interface ChainRequests {
  /** All Shoots of the workspace with their chains. */
  readonly "registryCache/chains": Exchange<undefined, readonly ShootChain[]>;
  /** A drawing of the chains: of one file, or of the workspace. */
  readonly "registryCache/graph": Exchange<{ readonly uri?: string; readonly format: core.GraphFormat }, string>;
}
