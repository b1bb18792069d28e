import { isBlankOrEnd, isBreak, skipBreak } from "./characters.ts";
import { scanBlockScalar } from "./scan-block-scalar.ts";
import { scanPlain, scanQuoted } from "./scan-flow-scalar.ts";
import { closeFlow, openFlow, scanColon, scanDash, scanKeyMark } from "./scan-indicator.ts";
import { scanDirective, scanName, scanTag } from "./scan-property.ts";
import { add, closeBlocks, dropPossibleKeys, forgetKey, noteKey, refuse, type Scanner } from "./scanner.ts";
import { makeToken, type Refusal, type Token } from "./token.ts";

/**
 * Cuts one document into tokens as kubectl's YAML library (go-yaml v2) does, which is neither YAML 1.1 nor 1.2: where tabs may
 * stand, what ends a plain scalar and where a key may start are its own rules. The last token is "end", or "error" at a refusal.
 */
export function scan(part: string): { readonly tokens: readonly Token[]; readonly refusal: Refusal | undefined } {
  const start = part.startsWith("\ufeff") ? 1 : 0;
  const scanner: Scanner = {
    // kubectl hands every line on with a line break, the last one too.
    text: part.endsWith("\n") ? `${part}\0` : `${part}\n\0`,
    tokens: [],
    at: start,
    lineStart: start,
    flow: 0,
    indent: -1,
    indents: [],
    mayStartKey: true,
    keys: [undefined],
    refusal: undefined,
  };
  let line = start;
  for (let more = true; more && scanner.refusal === undefined; ) {
    line = scanner.lineStart;
    more = scanToken(scanner);
  }
  if (scanner.refusal !== undefined) dropPossibleKeys(scanner, line);
  scanner.tokens.push(makeToken(scanner.refusal ? "error" : "end", scanner.at, scanner.at));
  return scanner;
}

/** Adds the next token; false at the end of the text. */
function scanToken(scanner: Scanner): boolean {
  skipToToken(scanner);
  const { text, at, lineStart, flow } = scanner;
  if (flow === 0) closeBlocks(scanner, at - lineStart);
  const character = text[at];
  switch (character) {
    case "\0":
      closeBlocks(scanner, -1);
      forgetKey(scanner);
      return false;
    case "[":
    case "{":
      openFlow(scanner, character);
      return true;
    case "]":
    case "}":
      closeFlow(scanner, character);
      return true;
    case ",":
      forgetKey(scanner);
      scanner.mayStartKey = true;
      add(scanner, ",", at + 1);
      return true;
    case '"':
    case "'":
      startScalar(scanner);
      scanQuoted(scanner, character);
      return true;
    case "*":
    case "&":
    case "!":
      startScalar(scanner);
      if (character === "!") scanTag(scanner);
      else scanName(scanner, character === "*" ? "alias" : "anchor");
      return true;
    default:
      scanWord(scanner, character ?? "");
      return true;
  }
}

/** A plain scalar, or an indicator that is one only before a blank. */
function scanWord(scanner: Scanner, character: string): void {
  const { text, at, flow } = scanner;
  const alone = isBlankOrEnd(text.charCodeAt(at + 1));
  if (character === "-" && alone) scanDash(scanner);
  else if (character === "?" && (alone || flow > 0)) scanKeyMark(scanner);
  else if (character === ":" && (alone || flow > 0)) scanColon(scanner);
  else if ((character === "|" || character === ">") && flow === 0) {
    forgetKey(scanner);
    scanner.mayStartKey = true;
    scanBlockScalar(scanner, character);
  } else if (character === "%" && at === scanner.lineStart) {
    closeBlocks(scanner, -1);
    forgetKey(scanner);
    scanDirective(scanner);
  } else if (character === "\t") refuse(scanner, at, at + 1, "kubectl takes no tab here; indent with spaces");
  else if (character === "%" || character === "@" || character === "`" || character === "|" || character === ">") {
    refuse(scanner, at, at + 1, `no value may start with \`${character}\`; quote it`);
  } else {
    startScalar(scanner);
    scanPlain(scanner);
  }
}

/** What is no collection may be a key, and no key follows it on its line. */
function startScalar(scanner: Scanner): void {
  noteKey(scanner);
  scanner.mayStartKey = false;
}

/** Skips blanks, comments and empty lines; where a line's first token may be a key, a tab is no blank. */
function skipToToken(scanner: Scanner): void {
  const { text, flow } = scanner;
  let { at } = scanner;
  for (;;) {
    let code = text.charCodeAt(at);
    while (code === 32 || (code === 9 && (flow > 0 || !scanner.mayStartKey))) code = text.charCodeAt(++at);
    if (code === 35) {
      while (code !== 0 && !isBreak(code)) code = text.charCodeAt(++at);
    }
    if (!isBreak(code)) break;
    at = skipBreak(text, at);
    scanner.lineStart = at;
    if (flow === 0) scanner.mayStartKey = true;
  }
  scanner.at = at;
}
