import type { Place, Severity } from "./finding.ts";

/** How a link of a chain is: unknown where neither manifests nor a garden tell. */
export type Health = "ok" | "warning" | "error" | "unknown";

/** One link of a chain as a tree or a graph shows it. Plain data. */
export interface ChainLink {
  /** What it is called: a Shoot's or a Secret's name, an upstream, the name of an entry. */
  readonly label: string;
  /** Where it is written; absent for what only the garden has, or nobody. */
  readonly place?: Place;
  readonly health: Health;
  /** What is to be said of it, in a few words. */
  readonly note?: string;
  /** What was found on the link, the worst first. */
  readonly findings: readonly ChainFinding[];
}

/** A finding on a link: enough to name it, and to open its page. */
export interface ChainFinding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
}

/** A Shoot with all that its caches and mirrors refer to. Its health is the worst of its links. */
export interface ShootChain extends ChainLink {
  readonly namespace?: string;
  readonly uses: readonly UpstreamChain[];
}

/** A cache, or one mirror host of an upstream, and what it refers to. */
export interface UpstreamChain extends ChainLink {
  readonly kind: "cache" | "mirror";
  /** The entry of spec.resources that it names; absent where it names none. */
  readonly reference?: ReferenceChain;
}

/** The entry of spec.resources that a cache or a mirror host names. Its place is the entry's name, or the name in question where there is no such entry. */
export interface ReferenceChain extends ChainLink {
  /** The Secret that the entry names; absent where the entry names none. */
  readonly secret?: ChainLink;
}
