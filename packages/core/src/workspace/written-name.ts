import type { Span } from "../text/span.ts";
import type { ScalarStyle } from "../yaml/node.ts";

/** A name as a file writes it, with all that it takes to write another in its place. Plain data. */
export interface WrittenName {
  readonly name: string;
  /** The text of the name; where an alias stands for it, the anchored text. */
  readonly span: Span;
  readonly style: ScalarStyle;
  /** The place of the alias, where the name is written as one. */
  readonly alias?: Span;
  /** All aliases of the text at `span`, this one and others. */
  readonly aliases?: readonly Span[];
}

/** Where a name stands: its text, or the alias that stands for it. */
export function placeOf({ alias, span }: Pick<WrittenName, "alias" | "span">): Span {
  return alias ?? span;
}
