import type { Span } from "@registry-cache/core";
import { aroundSecrets, type Document, maskedSlice } from "./documents.ts";
import { blanksFor, printable, widthOf } from "./printable.ts";

/** A line of a document and what stands under it. */
export interface Excerpt {
  /** One-based. */
  readonly line: number;
  readonly text: string;
  readonly carets: string;
}

/** What is shown of a line at most, on each side of the place and of the place itself. */
const maxAround = 80;
const maxMarked = 80;

/** Shows the first line of a span with carets under it. */
export function excerptOf(document: Document, span: Span): Excerpt {
  const { lines } = document;
  const { line } = lines.position(span.start);
  const start = lines.offset({ line, character: 0 });
  const end = start + lines.line(line).length;
  // An empty place within a value would cut it in two.
  const probe = span.start === span.end ? { start: span.start, end: Math.min(span.end + 1, end) } : span;
  const around = aroundSecrets(document, { start: probe.start, end: Math.min(probe.end, end) });
  const marked = { start: Math.max(start, around.start), end: Math.min(end, around.end) };
  const isPlace = span.start === span.end && marked.start === probe.start && marked.end === probe.end;
  const place = isPlace ? { start: span.start, end: span.end } : marked;
  const before = shortenStart(printable(maskedSlice(document, { start, end: place.start })));
  const here = shortenEnd(printable(maskedSlice(document, place)), maxMarked);
  const after = shortenEnd(printable(maskedSlice(document, { start: place.end, end })), maxAround);
  return {
    line: line + 1,
    text: before + here + after,
    carets: blanksFor(before) + "^".repeat(Math.max(1, widthOf(here))),
  };
}

function shortenStart(text: string): string {
  return text.length <= 2 * maxAround ? text : `…${text.slice(-maxAround)}`;
}

function shortenEnd(text: string, max: number): string {
  return text.length <= 2 * max ? text : `${text.slice(0, max)}…`;
}
