import { growthBy, type Replacement } from "../text/replacement.ts";
import type { Span } from "../text/span.ts";
import { type Part, splitAgain } from "../yaml/split-stream.ts";
import type { InspectedPart } from "./inspected-part.ts";

/** A text that was cut into parts and read. */
export interface ReadText {
  readonly text: string;
  readonly parts: readonly InspectedPart[];
}

/** The one part that an edit lies in: what it was, what it is now, and by how much it grew. */
export interface Recut {
  readonly index: number;
  readonly before: InspectedPart;
  readonly part: Part;
  readonly by: number;
}

/** Cuts the part anew that an edit lies in, which gave `text`; undefined where the edit may change more than that part. */
export function cutAgain(text: string, read: ReadText, replacement: Replacement): Recut | undefined {
  const { parts } = read;
  const by = growthBy(replacement);
  // What is typed at the end of the text belongs to its last part.
  const found = parts.findIndex((it) => replacement.span.start < it.part.span.end);
  const index = found === -1 ? parts.length - 1 : found;
  const before = parts[index];
  if (before === undefined || !standsAlone(before.part)) return undefined;
  const { span } = before.part;
  if (!isWithin(replacement.span, span, read.text.length)) return undefined;
  const part = splitAgain(text, before.part, span.end + by);
  return part !== undefined && standsAlone(part) ? { index, before, part, by } : undefined;
}

/** What is said of a part does not depend on the parts before it. */
export function standsAlone({ json, refused, endMarker }: Part): boolean {
  return json === undefined && refused === undefined && endMarker === undefined;
}

/** The line break in front of the next `---` stays. */
function isWithin({ start, end }: Span, part: Span, length: number): boolean {
  return start >= part.start && (part.end === length || end < part.end);
}
