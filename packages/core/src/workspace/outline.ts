import type { Span } from "../text/span.ts";
import type { Purpose } from "./workspace.ts";
import type { WrittenName } from "./written-name.ts";

/** A field of a Shoot that names a Secret. */
export interface SecretMention {
  readonly uri: string;
  readonly shootName: string | undefined;
  readonly namespace: string | undefined;
  /** The path of the field, such as `spec.resources[0].resourceRef.name`. */
  readonly field: string;
  readonly name: WrittenName;
}

/** An entry of spec.resources with the places that use it. */
export interface KnownEntry {
  readonly span: Span;
  readonly name: WrittenName | undefined;
  readonly kind: string | undefined;
  readonly target: WrittenName | undefined;
  /** The names in caches and mirrors that mean this entry. */
  readonly uses: readonly Span[];
}

/** A cache, or one host of a mirror, with the entry that it names. */
export interface KnownUse {
  readonly purpose: Purpose;
  readonly span: Span;
  /** Where its upstream is written, or else where it begins. */
  readonly labelSpan: Span;
  readonly upstream: string | undefined;
  /** The URL of a mirror's host. */
  readonly host?: string;
  readonly entry: EntryName | undefined;
}

/** The name of an entry where a cache or a mirror writes it. */
export interface EntryName {
  readonly name: WrittenName;
  /** The path of the field. */
  readonly field: string;
  /** The entry's place among those of the Shoot; -1 where there is none of this name. */
  readonly index: number;
}

/** A Shoot as other files see it: plain data that holds nothing of its text alive. */
export interface ShootOutline {
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly span: Span;
  /** Where its name is written, or else where it begins. */
  readonly nameSpan: Span;
  readonly uses: readonly KnownUse[];
  readonly entries: readonly KnownEntry[];
  readonly mentions: readonly SecretMention[];
}
