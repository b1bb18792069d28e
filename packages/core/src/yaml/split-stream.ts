import type { Span } from "../text/span.ts";
import { isBlankOrEnd } from "./characters.ts";
import type { YamlDocument, YamlProblem } from "./node.ts";
import { readJson, skipJsonBlanks } from "./read-json.ts";
import { nextLine } from "./skip.ts";

/** One document's part of a stream. */
export interface Part {
  readonly span: Span;
  /** The document's own text: behind its `---` line, before a `...` line. */
  readonly body: Span;
  /** Whether it starts with `---`, and so is a document even when it is empty. */
  readonly marked: boolean;
  /** What kubectl refuses about the part, whatever its text is. */
  readonly refused?: YamlProblem | undefined;
  /** The `...` that kubectl refuses where no value comes before it. */
  readonly endMarker?: Span | undefined;
  /** Where the part is JSON: what was read. */
  readonly json?: Pick<YamlDocument, "root" | "problems">;
}

/**
 * Cuts a stream into documents as kubectl does. A stream that starts with `{` is JSON values one behind the other, as long as they
 * are valid, and YAML behind them. YAML is cut at each line that starts with `---`, whatever the line belongs to, so a broken
 * document leaves its neighbours whole. What stands between a `...` line and the next `---` is not read.
 */
export function splitStream(text: string): readonly Part[] {
  const parts = splitJson(text);
  const last = parts.at(-1);
  if (last === undefined) return splitYaml(text, 0);
  const { end } = last.span;
  const rest = skipJsonBlanks(text, end);
  if (rest === text.length) return [...parts.slice(0, -1), { ...last, span: { start: last.span.start, end: rest } }];
  const message = "kubectl reads nothing but JSON behind two JSON values; write `---` between them";
  const refused = parts.length > 1 ? refusal({ start: rest, end: rest + 1 }, message) : undefined;
  return [...parts, ...splitYaml(text, end, refused)];
}

/**
 * The part as it stands after an edit within it that leaves the line break at its end; it goes to `end` now. Undefined where the edit
 * may have changed more than this part: then the stream is to be split anew.
 */
export function splitAgain(text: string, { span: { start }, marked }: Part, end: number): Part | undefined {
  if (text.startsWith("---", start) !== marked || (start === 0 && looksLikeJson(text))) return undefined;
  const marker = text.indexOf("\n---", start);
  if (marker !== -1 && marker + 1 < end) return undefined;
  if (!marked) return { span: { start, end }, ...bodyOf(text, start, end), marked };
  const part = markedPart(text, start, end);
  return start === 0 ? { ...part, endMarker: undefined } : part;
}

function splitJson(text: string): readonly Part[] {
  const parts: Part[] = [];
  if (!looksLikeJson(text)) return parts;
  for (let start = 0; ; ) {
    const tally = { problems: [], mergedKeys: 0 };
    const reading = readJson(text, start, tally);
    if (reading === undefined) return parts;
    const span = { start, end: reading.end };
    parts.push({ span, body: span, marked: false, json: { root: reading.node, problems: tally.problems } });
    start = reading.end;
  }
}

function looksLikeJson(text: string): boolean {
  return /^\s*\{/.test(text) && text.charCodeAt(0) !== 0xfeff;
}

/** Behind JSON, or what looks like it, kubectl goes on at the first line break or character. */
function splitYaml(text: string, start: number, refused?: YamlProblem): readonly Part[] {
  const first = looksLikeJson(text) ? behindBlanks(text, start) : start;
  const markers = findMarkers(text, first);
  const parts: Part[] = [];
  if (markers[0] !== first) {
    const end = markers[0] ?? text.length;
    parts.push({ span: { start, end }, ...bodyOf(text, first, end), marked: false, refused });
  }
  markers.forEach((marker, index) => {
    const part = markedPart(text, marker, markers[index + 1] ?? text.length);
    if (marker !== first) parts.push(part);
    // kubectl leaves the first marker in the text, where a `...` may follow it.
    else
      parts.push({
        ...part,
        span: { start, end: part.span.end },
        refused: refused ?? part.refused,
        endMarker: undefined,
      });
  });
  return parts;
}

function behindBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === " " || text[at] === "\t") at += 1;
  return text[at] === "\n" || text[at] === "\r" ? nextLine(text, at) : at;
}

function findMarkers(text: string, from: number): readonly number[] {
  const markers = text.startsWith("---", from) ? [from] : [];
  for (let at = text.indexOf("\n---", from); at !== -1; at = text.indexOf("\n---", at + 1)) markers.push(at + 1);
  return markers;
}

function markedPart(text: string, start: number, end: number): Part {
  const newline = text.indexOf("\n", start);
  const lineEnd = newline === -1 || newline > end ? end : newline;
  const behind = start + 3 + text.slice(start + 3, lineEnd).search(/\S|$/);
  const span = { start, end };
  if (behind === lineEnd || text[behind] === "#")
    return { span, ...bodyOf(text, Math.min(lineEnd + 1, end), end), marked: true };
  const refused = refusal({ start: behind, end: lineEnd }, "kubectl takes nothing but a comment behind `---`");
  return { span, ...bodyOf(text, behind, end), marked: true, refused };
}

function bodyOf(text: string, from: number, to: number): Pick<Part, "body" | "endMarker"> {
  // A byte order mark hides a marker from kubectl, but not from its YAML library.
  const first = text.charCodeAt(from) === 0xfeff ? from + 1 : from;
  const start = text.startsWith("---", first) && endsLine(text, first) ? first + 3 : first;
  const end = findEnd(text, start, to);
  return end === -1 ? { body: { start, end: to } } : { body: { start, end }, endMarker: { start: end, end: end + 3 } };
}

function findEnd(text: string, from: number, to: number): number {
  if (text.startsWith("...", from) && endsLine(text, from)) return from;
  // Searching the part and not the text keeps a stream of many documents linear.
  const part = text.slice(from, to);
  for (let at = part.indexOf("\n..."); at !== -1; at = part.indexOf("\n...", at + 1)) {
    if (endsLine(text, from + at + 1)) return from + at + 1;
  }
  return -1;
}

function endsLine(text: string, marker: number): boolean {
  return isBlankOrEnd(text.charCodeAt(marker + 3) || 0);
}

function refusal(span: Span, message: string): YamlProblem {
  return { kind: "syntax", span, message };
}
