import type { Span } from "../text/span.ts";
import { closeQuote, isSpace, type LooseScalar, looseScalar, skipSpaces, trimSpaces } from "./outline-quote.ts";
import { endOfLine, nextLine } from "./skip.ts";

/** A collection in flow style as a tolerant reader sees it. `span` ends behind its bracket, or where it must have ended. */
export interface FlowOutline {
  readonly kind: "map" | "seq";
  readonly span: Span;
  readonly closed: boolean;
  readonly members: readonly FlowMember[];
}

/** What stands between two commas or brackets: an entry, an item, or nothing yet. */
export interface FlowMember {
  readonly start: number;
  end: number;
  /** In a list without a colon, the item. */
  key?: LooseScalar;
  colon?: number;
  value?: LooseScalar | FlowOutline;
}

/** The text that a flow collection may take: it goes on below only in lines that are indented deeper than its parent. */
export interface FlowBounds {
  readonly end: number;
  readonly parentColumn: number;
  /** Gathers the comments within. */
  readonly comments: Span[];
}

/** Deeper than this nobody writes by hand, and the call stack has an end. */
const maxDepth = 100;

/** Reads the collection whose bracket stands at an offset, as far as it goes. Never fails: what is not closed ends where the layout says. */
export function readFlow(text: string, open: number, bounds: FlowBounds, depth = 0): FlowOutline {
  const members: FlowMember[] = [{ start: open + 1, end: open + 1 }];
  const kind = text[open] === "{" ? "map" : "seq";
  let at = open + 1;
  let member = members[0];
  while (member !== undefined) {
    at = skipToContent(text, at, bounds);
    member.end = at;
    const character = at < bounds.end ? text.charAt(at) : "";
    if (character === "" || endsHere(text, at, bounds)) break;
    if (character === "}" || character === "]")
      return { kind, span: { start: open, end: at + 1 }, closed: true, members };
    if (character === ",") {
      at += 1;
      member = { start: at, end: at };
      members.push(member);
    } else at = readPart(text, at, { member, kind, bounds, depth });
  }
  return { kind, span: { start: open, end: at }, closed: false, members };
}

interface Part {
  readonly member: FlowMember;
  readonly kind: FlowOutline["kind"];
  readonly bounds: FlowBounds;
  readonly depth: number;
}

/** Reads a colon, a scalar or a collection into the member that it belongs to; gives the offset behind it. */
function readPart(text: string, at: number, { member, bounds, depth }: Part): number {
  const character = text.charAt(at);
  if (character === ":" && member.colon === undefined && endsKey(text, at, member)) {
    member.colon = at;
    return at + 1;
  }
  const isNested = character === "{" || character === "[";
  const value = isNested && depth < maxDepth ? readFlow(text, at, bounds, depth + 1) : readScalar(text, at, bounds.end);
  if (member.colon === undefined && !("members" in value)) member.key ??= value;
  else member.value ??= value;
  return Math.max(value.span.end, at + 1);
}

function endsKey(text: string, at: number, { key }: FlowMember): boolean {
  return key?.quote !== undefined || isEndOfPlain(text, at + 1);
}

function isEndOfPlain(text: string, at: number): boolean {
  const character = text.charAt(at);
  return character === "" || ",[]{}\r\n \t".includes(character);
}

function readScalar(text: string, at: number, limit: number): LooseScalar {
  const first = text.charAt(at);
  if (first === '"' || first === "'") {
    const close = closeQuote(text, at, limit, true);
    const next = close === -1 ? "x" : text.charAt(skipSpaces(text, close, limit));
    // A quote that closes nothing opens the next string: then this one was not closed yet.
    if (",:]}#\r\n".includes(next) || next === "") return looseScalar(text, at, close);
    return looseScalar(text, at, trimSpaces(text, at, firstOf(text, at + 1, limit)));
  }
  let offset = at + 1;
  while (offset < limit && !endsPlain(text, offset)) offset += 1;
  return looseScalar(text, at, trimSpaces(text, at, offset));
}

function endsPlain(text: string, at: number): boolean {
  const character = text.charAt(at);
  if (",[]{}\r\n".includes(character)) return true;
  if (character === ":") return isEndOfPlain(text, at + 1);
  return character === "#" && isSpace(text.charCodeAt(at - 1));
}

function firstOf(text: string, at: number, end: number): number {
  let offset = at;
  while (offset < end && !",]}\r\n".includes(text.charAt(offset))) offset += 1;
  return offset;
}

/** Goes over blanks, line breaks and comments, but not into a line that is not the collection's. */
function skipToContent(text: string, at: number, bounds: FlowBounds): number {
  let offset = at;
  while (offset < bounds.end) {
    const code = text.charCodeAt(offset);
    if (isSpace(code)) offset += 1;
    else if (code === 35 && (isSpace(text.charCodeAt(offset - 1)) || isBreakBefore(text, offset))) {
      const end = endOfLine(text, offset, bounds.end);
      bounds.comments.push({ start: offset, end });
      offset = end;
    } else if ((code === 10 || code === 13) && continues(text, nextLine(text, offset), bounds)) {
      offset = nextLine(text, offset);
    } else break;
  }
  return offset;
}

function isBreakBefore(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return before === 10 || before === 13 || before === 44;
}

function endsHere(text: string, at: number, bounds: FlowBounds): boolean {
  const code = text.charCodeAt(at);
  return at >= bounds.end || code === 10 || code === 13;
}

/** Tells whether the next line with text in it still belongs to the collection. */
function continues(text: string, line: number, { end, parentColumn }: FlowBounds): boolean {
  let start = line;
  while (start < end) {
    const stop = endOfLine(text, start, end);
    const first = skipSpaces(text, start, stop);
    // A comment may stand at any column.
    if (first < stop && text[first] !== "#") {
      return first - start > parentColumn || "]}".includes(text.charAt(first));
    }
    start = nextLine(text, start);
  }
  return true;
}
