import type { Span } from "../text/span.ts";

/**
 * Cuts a stream at its `---` lines, each at the start of a part, as kubectl does before it parses.
 * So a broken document leaves its neighbours whole. Directives stay with the document they belong to.
 */
export function splitDocuments(text: string): readonly Span[] {
  const parts: Span[] = [];
  let start = 0;
  for (let at = nextMarker(text, 0); at !== -1; at = nextMarker(text, at + 3)) {
    if (at === 0 || onlyDirectives(text.slice(start, at))) continue;
    parts.push({ start, end: at });
    start = at;
  }
  parts.push({ start, end: text.length });
  return parts;
}

function nextMarker(text: string, from: number): number {
  if (from === 0 && isMarker(text, 0)) return 0;
  for (let at = text.indexOf("\n---", Math.max(0, from - 1)); at !== -1; at = text.indexOf("\n---", at + 1)) {
    if (isMarker(text, at + 1)) return at + 1;
  }
  return -1;
}

function isMarker(text: string, at: number): boolean {
  if (!text.startsWith("---", at)) return false;
  const next = text.charCodeAt(at + 3);
  return Number.isNaN(next) || next === 32 || next === 9 || next === 10 || next === 13;
}

function onlyDirectives(part: string): boolean {
  if (!part.includes("%")) return false;
  const lines = part.split("\n").map((line) => line.trim());
  return lines.every((line) => line === "" || line.startsWith("#") || line.startsWith("%"));
}
