import type { Span } from "../text/span.ts";
import { skipBlanks } from "./skip.ts";

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
  return parts.flatMap((part) => splitObjects(text, part));
}

/** JSON objects may follow each other without a marker, and YAML may follow them. */
function splitObjects(text: string, { start, end }: Span): readonly Span[] {
  const parts: Span[] = [];
  let from = start;
  for (let close = closingBrace(text, from, end); close !== -1; close = closingBrace(text, from, end)) {
    const next = skipBlanks(text, close, end);
    if (next === end || !/[\w{"]/.test(text.charAt(next)) || !isJson(text.slice(from, close))) break;
    parts.push({ start: from, end: next });
    from = next;
  }
  return [...parts, { start: from, end }];
}

/** The end of an object in braces that a part starts with, as JSON counts braces; -1 where there is none. */
function closingBrace(text: string, from: number, to: number): number {
  const start = skipBlanks(text, text.charCodeAt(from) === 0xfeff ? from + 1 : from, to);
  if (text.charCodeAt(start) !== 123) return -1;
  let depth = 0;
  let quoted = false;
  for (let at = start; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 34) quoted = !quoted;
    else if (quoted && code === 92) at += 1;
    else if (!quoted && code === 123) depth += 1;
    else if (!quoted && code === 125) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return -1;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.startsWith("\ufeff") ? text.slice(1) : text);
    return true;
  } catch {
    return false;
  }
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
