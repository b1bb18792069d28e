import type { Span } from "../text/span.ts";
import type { Place } from "./finding.ts";
import type { Purpose } from "./workspace.ts";

/** How well a link holds: as bad as the worst finding on it; "unknown" where nothing known tells whether its end exists. */
export type Health = "ok" | "warning" | "error" | "unknown";

/** A Shoot with all its chains, in the order of the text: plain data for a tree, a graph or a report. */
export interface ShootChain {
  readonly name: string;
  readonly namespace?: string;
  readonly uri: string;
  /** The place of its name, or of the manifest where it has none. */
  readonly span: Span;
  /** The worst of its links. */
  readonly health: Health;
  readonly links: readonly CacheChain[];
}

/** A cache or a mirror host, and what it takes its credentials or its CA bundle from; a cache without credentials has neither link. */
export interface CacheChain {
  readonly purpose: Purpose;
  readonly upstream: string;
  readonly health: Health;
  /** The codes of the findings on the cache itself, each once. */
  readonly codes: readonly string[];
  readonly place: Place;
  /** The entry of spec.resources that it names. */
  readonly reference?: Link;
  /** The Secret that the entry names. */
  readonly secret?: Link;
}

/** One end of a chain's link: a name, where it is declared if anywhere, and what is wrong with it. */
export interface Link {
  readonly label: string;
  readonly health: Health;
  /** Where it comes from or why it is as it is, such as "SealedSecret" or "not known here". */
  readonly note?: string;
  /** The codes of the findings on it, each once. */
  readonly codes: readonly string[];
  readonly place?: Place;
}
