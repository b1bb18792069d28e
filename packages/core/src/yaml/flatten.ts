import { endOfLine, nextLine } from "./skip.ts";

/**
 * A copy of the same length in which brackets and quotes are on one line: line breaks, tabs and comments within them are blanks.
 * kubectl takes brackets and quotes whose later lines are not indented, the parser that recovers does not. Undefined when one stays open.
 */
export function flatten(text: string): string | undefined {
  const scan: Scan = { text, at: 0, copied: 0, flat: "" };
  while (scan.at < text.length) if (!flattenLine(scan)) return undefined;
  return scan.flat + text.slice(scan.copied);
}

interface Scan {
  readonly text: string;
  at: number;
  /** Up to here `flat` holds the copy. */
  copied: number;
  flat: string;
}

/** Reads one line in block style, with what spans more lines; false when a bracket or quote stays open. */
function flattenLine(scan: Scan): boolean {
  const { text } = scan;
  const line = scan.at;
  let parent = -1;
  scan.at = skipBlanksOfLine(text, line);
  while (scan.at < text.length) {
    const start = scan.at;
    const character = text.charAt(start);
    if ("|>".includes(character)) return skipBlock(scan, parent);
    if (character === "#") break;
    if ("&!".includes(character)) scan.at = endOfWord(text, start);
    else if (isIndicator(text, start)) scan.at = start + 1;
    else if (!skipToken(scan)) return false;
    else if (!isIndicator(text, scan.at) || text[scan.at] !== ":") break;
    else scan.at += 1;
    if (!"&!".includes(character)) parent = start - line;
    scan.at = skipBlanksOfLine(text, scan.at);
  }
  scan.at = nextLine(text, scan.at);
  return true;
}

/** Goes behind a key or value and the blanks after it; false when it stays open. */
function skipToken(scan: Scan): boolean {
  const { text, at } = scan;
  const character = text.charAt(at);
  const end = "'\"".includes(character)
    ? endOfQuoted(text, at)
    : "[{".includes(character)
      ? flattenFlow(scan)
      : endOfPlain(text, at);
  if (end === -1) return false;
  if ("'\"".includes(character)) copyFlat(scan, at, end);
  scan.at = skipBlanksOfLine(text, end);
  return true;
}

function flattenFlow(scan: Scan): number {
  const { text } = scan;
  let depth = 0;
  let from = scan.at;
  for (let at = scan.at; at < text.length; at += 1) {
    const character = text.charAt(at);
    if ("[{".includes(character)) depth += 1;
    else if ("]}".includes(character)) depth -= 1;
    else if ("'\"#".includes(character) && " \t\r\n,[{:".includes(text.charAt(at - 1))) {
      const end = character === "#" ? endOfLine(text, at, text.length) : endOfQuoted(text, at);
      if (end === -1) return -1;
      if (character === "#") {
        copyFlat(scan, from, at);
        scan.flat += " ".repeat(end - at);
        scan.copied = end;
        from = end;
      }
      at = end - 1;
    }
    if (depth === 0) {
      copyFlat(scan, from, at + 1);
      return at + 1;
    }
  }
  return -1;
}

function copyFlat(scan: Scan, from: number, to: number): void {
  scan.flat += scan.text.slice(scan.copied, from) + scan.text.slice(from, to).replace(/[\r\n\t]/g, " ");
  scan.copied = to;
}

/** Goes to the first line that is no deeper than the key or dash of a block scalar. */
function skipBlock(scan: Scan, parent: number): boolean {
  const { text } = scan;
  scan.at = nextLine(text, scan.at);
  while (scan.at < text.length) {
    let first = scan.at;
    while (text[first] === " ") first += 1;
    const blank = first >= text.length || "\r\n".includes(text.charAt(first));
    if (!blank && first - scan.at <= parent) break;
    scan.at = nextLine(text, scan.at);
  }
  return true;
}

function endOfQuoted(text: string, start: number): number {
  const quote = text.charAt(start);
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === "\\" && quote === '"') at += 1;
    else if (text[at] === quote && quote === "'" && text[at + 1] === "'") at += 1;
    else if (text[at] === quote) return at + 1;
  }
  return -1;
}

function endOfPlain(text: string, start: number): number {
  const end = endOfLine(text, start, text.length);
  for (let at = start; at < end; at += 1) {
    if (text[at] === ":" && isIndicator(text, at)) return at;
    if (text[at] === "#" && " \t".includes(text.charAt(at - 1))) return end;
  }
  return end;
}

/** Tells whether a `-`, `?` or `:` announces a value. */
function isIndicator(text: string, at: number): boolean {
  return at < text.length && "-?:".includes(text.charAt(at)) && " \t\r\n".includes(text.charAt(at + 1));
}

function endOfWord(text: string, start: number): number {
  let at = start;
  while (at < text.length && !" \t\r\n".includes(text.charAt(at))) at += 1;
  return at;
}

function skipBlanksOfLine(text: string, start: number): number {
  let at = start;
  while (text[at] === " " || text[at] === "\t") at += 1;
  return at;
}
