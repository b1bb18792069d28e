import type { Place } from "@registry-cache/core";
import type { Location } from "vscode-languageserver-protocol";

/** A value of core as it travels: its places are locations, of those that are known; what is undefined may be left out. */
export type Wire<T> = T extends Place
  ? Location | undefined
  : T extends readonly (infer I)[]
    ? readonly Wire<I>[]
    : T extends object
      ? { readonly [K in keyof T]: Wire<T[K]> }
      : T;

/** A request: what it is given, and what it answers. */
export interface Exchange<G, A> {
  readonly given: G;
  readonly answer: A;
}
