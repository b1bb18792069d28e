import type { Span } from "../text/span.ts";
import { endOfLine, isInComment } from "./skip.ts";

/** The first `{{ ... }}` or `{% ... %}` outside comments: a text that has one is a template, which YAML's rules do not bind. */
export function findTemplate(text: string, from: number, to: number): Span | undefined {
  const values = findPair(text, { opening: "{{", closing: "}}", from, to });
  const statements = findPair(text, { opening: "{%", closing: "%}", from, to });
  if (values === undefined || statements === undefined) return values ?? statements;
  return values.start < statements.start ? values : statements;
}

interface Search {
  readonly opening: string;
  readonly closing: string;
  readonly from: number;
  readonly to: number;
}

function findPair(text: string, { opening, closing, from, to }: Search): Span | undefined {
  let start = text.indexOf(opening, from);
  while (start !== -1 && start < to) {
    if (isInComment(text, start)) start = text.indexOf(opening, endOfLine(text, start, to));
    else {
      const end = text.indexOf(closing, start + opening.length) + closing.length;
      return end >= start + 2 * opening.length && end <= to ? { start, end } : undefined;
    }
  }
  return undefined;
}
