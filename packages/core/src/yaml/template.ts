import type { Span } from "../text/span.ts";
import { endOfLine, startOfLine, startsComment } from "./skip.ts";

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
    if (isInComment(text, from, start)) start = text.indexOf(opening, endOfLine(text, start, to));
    else {
      const end = text.indexOf(closing, start + opening.length) + closing.length;
      return end >= start + 2 * opening.length && end <= to ? { start, end } : undefined;
    }
  }
  return undefined;
}

function isInComment(text: string, from: number, at: number): boolean {
  let quote = 0;
  for (let offset = Math.max(from, startOfLine(text, at)); offset < at; offset += 1) {
    const code = text.charCodeAt(offset);
    if (quote !== 0) {
      if (code === 92 && quote === 34) offset += 1;
      else if (code === quote) quote = 0;
    } else if (code === 35 && startsComment(text, offset)) return true;
    else if ((code === 34 || code === 39) && opensQuote(text.charCodeAt(offset - 1))) quote = code;
  }
  return false;
}

/** A quote inside a word, as in `don't`, opens nothing. */
function opensQuote(before: number): boolean {
  return Number.isNaN(before) || [32, 9, 10, 13, 44, 58, 91, 123].includes(before);
}
