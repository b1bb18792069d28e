import { NotificationType0, type Range, RequestType, RequestType0 } from "vscode-languageclient";

/** A place of a manifest. */
export interface Place {
  readonly uri: string;
  readonly range: Range;
}

/** How well a link holds. */
export type Health = "ok" | "warning" | "error" | "unknown";

/** One end of a chain's link. */
export interface Link {
  readonly label: string;
  readonly health: Health;
  readonly note?: string;
  readonly codes: readonly string[];
  readonly place?: Place;
}

/** A cache or a mirror host, and what it takes its credentials or its CA bundle from. */
export interface CacheChain {
  readonly purpose: string;
  readonly upstream: string;
  readonly health: Health;
  readonly codes: readonly string[];
  readonly place: Place;
  readonly reference?: Link;
  readonly secret?: Link;
}

/** A Shoot with all its chains, in the order of the text. */
export interface ShootChain extends Place {
  readonly name: string;
  readonly namespace?: string;
  readonly health: Health;
  readonly links: readonly CacheChain[];
}

/** All Shoots of the workspace with their chains. */
export const chainsRequest: RequestType0<readonly ShootChain[], void> = new RequestType0("registryCache/chains");

/** A drawing of the chains: of one file, or of the workspace. */
export const graphRequest: RequestType<{ readonly uri?: string; readonly format: "svg" }, string, void> =
  new RequestType("registryCache/graph");

/** The chains are not what they were. */
export const chainsChanged: NotificationType0 = new NotificationType0("registryCache/chainsChanged");
