import type { Span } from "./span.ts";

/** What an edit did to a text: `length` characters stand now where `span` of the earlier text was. */
export interface Replacement {
  readonly span: Span;
  readonly length: number;
}

/** How many characters longer a text is after a replacement. */
export function growthBy({ span, length }: Replacement): number {
  return length - (span.end - span.start);
}

/** Two replacements, one after the other, as one that covers both. */
export function joinReplacements(first: Replacement, second: Replacement): Replacement {
  const start = Math.min(first.span.start, second.span.start);
  const end = Math.max(first.span.start + first.length, second.span.end);
  return {
    span: { start, end: end - growthBy(first) },
    length: end + growthBy(second) - start,
  };
}

/** Where a span lies after a replacement that it does not overlap. What is inserted at its edge is none of it. */
export function moveByReplacement({ start, end }: Span, replacement: Replacement): Span {
  const { span } = replacement;
  const by = growthBy(replacement);
  return { start: start < span.end ? start : start + by, end: end <= span.start ? end : end + by };
}
