import type { Span } from "../text/span.ts";
import { parseYaml } from "../yaml/parse.ts";
import { lineSpans, suspectLines } from "./mask-lines.ts";
import { commentSpans, valueSpans } from "./mask-values.ts";

/** What stands for a value that must not be shown. */
export const redacted = "<redacted>";

/**
 * The text as it may be shown: each value of what is or may be a Secret is replaced by `<redacted>`. Lines stay lines,
 * and what comes before a value stays in its column.
 */
export function maskSecrets(text: string): string {
  let masked = "";
  let at = 0;
  for (const { start, end } of secretSpans(text)) {
    masked += text.slice(at, start) + redacted;
    at = end;
  }
  return masked + text.slice(at);
}

/** The places of values that must not be shown: in order, apart from each other, each within one line. */
export function secretSpans(text: string): readonly Span[] {
  const parsed = parseYaml(text);
  // A text of comments has no document.
  const documents = parsed.length > 0 ? parsed : [{ span: { start: 0, end: 0 }, root: undefined, problems: [] }];
  const spans = documents.flatMap(({ root, span, problems }, index) => {
    // What a parser leaves out between two documents belongs to the one before.
    const whole = { start: index === 0 ? 0 : span.start, end: documents[index + 1]?.span.start ?? text.length };
    const broken = problems.some((it) => it.kind !== "duplicate-key");
    if (broken) return suspectLines(text, whole);
    const values = root === undefined ? [] : valueSpans(root);
    if (values.length === 0 && !mayMentionSecret.test(text.slice(whole.start, whole.end))) return values;
    const comments = commentSpans(text, whole, root);
    const told = values.length > 0 || comments.some((it) => mentionsSecret.test(text.slice(it.start, it.end)));
    return told ? [...values, ...comments] : values;
  });
  return merge([...spans.flatMap((it) => lineSpans(text, it)), ...urlPasswords(text)]);
}

/** A manifest that was commented out. */
const mentionsSecret = /stringData|kind:\s*["']?Secret|passw/i;
/** The same behind any `#`: without it no comment has to be looked for. */
const mayMentionSecret = new RegExp(`#[^\\r\\n]*(?:${mentionsSecret.source})`, "i");

/** `https://user:password@host`, wherever it stands. The limit keeps a hostile text from taking minutes. */
function urlPasswords(text: string): readonly Span[] {
  if (!text.includes("@")) return [];
  return [...text.matchAll(/:\/\/[^\s/?#@:"'\\]*:([^\s"']{1,4000})@/g)].flatMap(
    ({ index, 0: found, 1: password = "" }) => {
      const end = index + found.length - 1;
      return [{ start: end - password.length, end }];
    },
  );
}

function merge(spans: readonly Span[]): readonly Span[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}
