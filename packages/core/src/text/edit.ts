import { overlaps, type Span } from "./span.ts";

/** Replaces `span` of one text by `text`; an empty span inserts. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/**
 * Applies the edits that overlap none before them (in the order given), last place first, so that offsets stay valid.
 * Inserts at one place keep their order and stand before what is replaced there.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const kept = withoutOverlaps(edits).map((edit, order) => ({ edit, order }));
  kept.sort((a, b) => a.edit.span.start - b.edit.span.start || size(a.edit) - size(b.edit) || a.order - b.order);
  let result = "";
  let at = 0;
  for (const { edit } of kept) {
    result += text.slice(at, edit.span.start) + edit.text;
    at = edit.span.end;
  }
  return result + text.slice(at);
}

/** Tells whether two lists of edits touch the same text, so that only one of them can be applied. */
export function conflict(left: readonly Edit[], right: readonly Edit[]): boolean {
  return left.some((a) => right.some((b) => overlaps(a.span, b.span)));
}

function withoutOverlaps(edits: readonly Edit[]): readonly Edit[] {
  const kept: Edit[] = [];
  for (const edit of edits) {
    const inserts = edit.span.start === edit.span.end;
    const clash = kept.some((other) =>
      inserts ? insideOf(edit.span.start, other.span) : overlaps(edit.span, other.span),
    );
    if (!clash) kept.push(edit);
  }
  return kept;
}

/** Inserts come before a replacement at their place. */
function size({ span }: Edit): number {
  return span.start === span.end ? 0 : 1;
}

function insideOf(offset: number, span: Span): boolean {
  return span.start < offset && offset < span.end;
}
