import type { Authority, Pair } from "./certificates.ts";
import type { Debian } from "./debian.ts";
import type { Stage } from "./servers.ts";

/** What a situation is built from. */
export interface Scene {
  readonly stage: Stage;
  readonly debian: Debian;
  readonly authority: Authority;
  readonly pairs: { readonly [name in "local" | "named" | "expired" | "nameless"]: Pair };
}

/** A credential in front of an upstream: what the cache is configured with. */
export interface Situation {
  readonly remoteURL: string;
  readonly username?: string;
  readonly password?: string;
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  /** The test's authority stands for the public ones. */
  readonly known?: boolean;
  readonly image?: { readonly name: string; readonly reference: string };
}

/** One row of the table: what it is called, and how it is set up. */
export interface Row {
  readonly name: string;
  readonly build: (scene: Scene) => Promise<Situation>;
}
