import { breakText, isBreak, skipBreak } from "./characters.ts";
import type { BlockScalar, Token } from "./token.ts";

const escapes: ReadonlyMap<string, string> = new Map([
  ["0", "\0"],
  ["a", "\x07"],
  ["b", "\b"],
  ["t", "\t"],
  ["n", "\n"],
  ["v", "\v"],
  ["f", "\f"],
  ["r", "\r"],
  ["e", "\x1b"],
  ["N", "\x85"],
  ["_", "\xa0"],
  ["L", "\u2028"],
  ["P", "\u2029"],
]);

/** The content of a scalar token: without quotes, escapes and indentation, its lines joined as its style says. */
export function scalarText(part: string, { style, simple, start, end, block }: Token): string {
  if (block !== undefined) return blockText(part, block, style === "folded");
  const quoted = style === "single" || style === "double";
  const [from, to] = quoted ? [start + 1, end - 1] : [start, end];
  return simple ? part.slice(from, to) : flowText(part, from, to, style);
}

/** Plain and quoted text of several lines or with escapes: a line break is a space, further ones stay. */
function flowText(part: string, from: number, to: number, style: Token["style"]): string {
  let text = "";
  let at = from;
  while (at < to) {
    let next = at;
    // The blanks before a line break go with it.
    let blanks = at;
    for (; next < to && !endsRun(part, next, style); next += 1) if (!isBlank(part, next)) blanks = next + 1;
    if (next >= to) return text + part.slice(at, to);
    if (isBreak(part.charCodeAt(next))) {
      text += part.slice(at, blanks);
      const folded = foldBreaks(part, next, to);
      text += folded.text;
      at = folded.end;
    } else {
      text += part.slice(at, next);
      const escaped = resolveEscape(part, next, to, style);
      text += escaped.text;
      at = escaped.end;
    }
  }
  return text;
}

function endsRun(part: string, at: number, style: Token["style"]): boolean {
  const code = part.charCodeAt(at);
  return isBreak(code) || (code === 92 && style === "double") || (code === 39 && style === "single");
}

function isBlank(part: string, at: number): boolean {
  const code = part.charCodeAt(at);
  return code === 32 || code === 9;
}

interface Piece {
  readonly text: string;
  readonly end: number;
}

function foldBreaks(part: string, from: number, to: number): Piece {
  const first = breakText(part, from);
  const { text, end } = moreBreaks(part, skipBreak(part, from), to);
  if (first !== "\n") return { text: first + text, end };
  return { text: text === "" ? " " : text, end };
}

/** Blanks and line breaks, of which the breaks stay. */
function moreBreaks(part: string, from: number, to: number): Piece {
  let at = from;
  let text = "";
  while (at < to && (isBlank(part, at) || isBreak(part.charCodeAt(at)))) {
    if (isBlank(part, at)) at += 1;
    else {
      text += breakText(part, at);
      at = skipBreak(part, at);
    }
  }
  return { text, end: at };
}

/** What a `''` in single quotes or a backslash and what follows it stand for; an escaped line break stands for nothing. */
function resolveEscape(part: string, at: number, to: number, style: Token["style"]): Piece {
  if (style === "single") return { text: "'", end: at + 2 };
  if (isBreak(part.charCodeAt(at + 1))) return moreBreaks(part, skipBreak(part, at + 1), to);
  const character = part[at + 1] ?? "";
  const digits = { x: 2, u: 4, U: 8 }[character];
  if (digits === undefined) return { text: escapes.get(character) ?? character, end: at + 2 };
  const end = at + 2 + digits;
  return { text: String.fromCodePoint(Number.parseInt(part.slice(at + 2, end), 16)), end };
}

function blockText(part: string, { start, end, indent, chomp }: BlockScalar, folded: boolean): string {
  let text = "";
  let breaks = "";
  let last: Line | undefined;
  for (let at = start; at < end && at < part.length; ) {
    const line = readLine(part, at, indent);
    at = line.next;
    if (line.content === "") breaks += line.lineBreak;
    else {
      const joins = folded && last?.lineBreak === "\n" && !last.indented && !line.indented;
      text += (joins ? (breaks === "" ? " " : "") : (last?.lineBreak ?? "")) + breaks + line.content;
      breaks = "";
      last = line;
    }
  }
  const lastBreak = chomp === "strip" ? "" : (last?.lineBreak ?? "");
  return text + lastBreak + (chomp === "keep" ? breaks : "");
}

interface Line {
  readonly content: string;
  readonly indented: boolean;
  readonly lineBreak: string;
  readonly next: number;
}

function readLine(part: string, at: number, indent: number): Line {
  let start = at;
  while (start < at + indent && part.charCodeAt(start) === 32) start += 1;
  let end = start;
  while (end < part.length && !isBreak(part.charCodeAt(end))) end += 1;
  const lineBreak = end < part.length ? breakText(part, end) : "\n";
  return { content: part.slice(start, end), indented: isBlank(part, start), lineBreak, next: skipBreak(part, end) };
}
