import { isBreak, skipBreak } from "./characters.ts";
import { refuse, type Scanner } from "./scanner.ts";
import type { BlockScalar } from "./token.ts";

const header = /[|>](?:([-+])([0-9])?|([0-9])([-+])?)?[ \t]*(?:#[^\0\n\r\u0085\u2028\u2029]*)?/y;

/** Scans a literal or folded scalar with the lines that belong to it. */
export function scanBlockScalar(scanner: Scanner, character: "|" | ">"): void {
  const { text, at: start, indent: outer } = scanner;
  header.lastIndex = start;
  const [all = "", sign, digit] = unify(header.exec(text));
  let at = start + all.length;
  if (digit === "0" || !isBreak(text.charCodeAt(at))) {
    const message = "behind `|` or `>` only `+`, `-`, a digit from 1 to 9 and a comment may stand";
    if (digit === "0") refuse(scanner, start, at, message);
    else refuse(scanner, at, at + 1, message);
    return;
  }
  const headerEnd = at;
  at = skipBreak(text, at);
  const lines = { start: at, indent: digit === undefined ? 0 : Math.max(outer, 0) + Number(digit) };
  scanner.lineStart = at;
  scanner.at = at;
  const chomp = sign === "-" ? "strip" : sign === "+" ? "keep" : "clip";
  const scanned = scanLines(scanner, lines);
  if (scanned === undefined) return;
  const end = chomp === "keep" ? withoutBreak(text, scanned.end) : scanned.contentEnd;
  const block: BlockScalar = { start: lines.start, end: scanned.end, indent: scanned.indent, chomp };
  scanner.tokens.push({
    kind: "scalar",
    start,
    end: Math.max(end, headerEnd),
    opens: 0,
    style: character === "|" ? "literal" : "folded",
    simple: false,
    block,
  });
}

function unify(match: RegExpExecArray | null): readonly (string | undefined)[] {
  const [all, sign, digit, digitFirst, signBehind] = match ?? [];
  return [all, sign ?? signBehind, digit ?? digitFirst];
}

interface Lines {
  readonly indent: number;
  readonly end: number;
  readonly contentEnd: number;
}

function scanLines(scanner: Scanner, from: { readonly start: number; readonly indent: number }): Lines | undefined {
  const { text } = scanner;
  let { indent } = from;
  let end = from.start;
  let contentEnd = 0;
  for (;;) {
    const deepest = skipEmptyLines(scanner, indent);
    if (deepest === undefined) return undefined;
    if (indent === 0) indent = Math.max(deepest, scanner.indent + 1, 1);
    end = scanner.lineStart;
    if (scanner.at - scanner.lineStart !== indent || text.charCodeAt(scanner.at) === 0) break;
    let { at } = scanner;
    for (let code = text.charCodeAt(at); !isBreak(code); ) code = text.charCodeAt(++at);
    contentEnd = at;
    scanner.at = skipBreak(text, at);
    scanner.lineStart = scanner.at;
  }
  return { indent, end, contentEnd };
}

/** Goes over empty lines and the indentation of the next one, and gives the deepest column met; undefined at a tab that indents. */
function skipEmptyLines(scanner: Scanner, indent: number): number | undefined {
  const { text } = scanner;
  let deepest = 0;
  for (;;) {
    let { at } = scanner;
    while ((indent === 0 || at - scanner.lineStart < indent) && text.charCodeAt(at) === 32) at += 1;
    const column = at - scanner.lineStart;
    deepest = Math.max(deepest, column);
    scanner.at = at;
    if ((indent === 0 || column < indent) && text.charCodeAt(at) === 9) {
      refuse(scanner, at, at + 1, "kubectl takes no tab here; indent with spaces");
      return undefined;
    }
    if (!isBreak(text.charCodeAt(at))) return deepest;
    scanner.at = skipBreak(text, at);
    scanner.lineStart = scanner.at;
  }
}

function withoutBreak(text: string, end: number): number {
  const before = end - 1;
  return text.charCodeAt(before) === 10 && text.charCodeAt(before - 1) === 13 ? before - 1 : before;
}
