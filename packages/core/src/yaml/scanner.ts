import { makeToken, type Refusal, type Token, type TokenKind } from "./token.ts";

/** Beyond this many open brackets and indentations a text is no manifest any more. */
export const maxDepth = 100;

/** A place where a key may have started: it did when a `:` follows on the same line. */
export interface PossibleKey {
  /** The number of the token that it would start with. */
  readonly token: number;
  readonly start: number;
  readonly lineStart: number;
  /** In a block map, at the column of its keys, nothing but a key may stand. */
  readonly required: boolean;
}

/** A text being cut into tokens. */
export interface Scanner {
  /** The text, a line break at its end if it had none, and a NUL as sentinel. */
  readonly text: string;
  readonly tokens: Token[];
  at: number;
  lineStart: number;
  /** How many flow collections are open. */
  flow: number;
  /** The column of the innermost block collection, -1 outside of any. */
  indent: number;
  readonly indents: number[];
  mayStartKey: boolean;
  /** One for each open flow collection, and one for the block around them. */
  readonly keys: (PossibleKey | undefined)[];
  refusal: Refusal | undefined;
}

/** Adds a token that ends at `end`; scanning goes on there. */
export function add(scanner: Scanner, kind: TokenKind, end: number): void {
  if (scanner.refusal !== undefined) return;
  scanner.tokens.push(makeToken(kind, scanner.at, end));
  scanner.at = end;
}

/** Ends the tokens: the text cannot be read beyond `start`. */
export function refuse(scanner: Scanner, start: number, end: number, message: string): void {
  if (scanner.refusal !== undefined) return;
  scanner.refusal = { kind: "syntax", span: { start, end: Math.max(end, start + 1) }, message };
}

/** Notes that a key may start here, if one may; what was noted before turns out to be none. */
export function noteKey(scanner: Scanner): void {
  if (!scanner.mayStartKey) return;
  forgetKey(scanner);
  const { at, lineStart, flow, indent, tokens, keys } = scanner;
  const required = flow === 0 && indent === at - lineStart;
  keys[keys.length - 1] = { token: tokens.length, start: at, lineStart, required };
}

/** Settles that no key started where one could have. */
export function forgetKey(scanner: Scanner): void {
  const { keys } = scanner;
  const key = keys[keys.length - 1];
  if (key === undefined) return;
  keys[keys.length - 1] = undefined;
  if (key.required) refuseKey(scanner, key);
}

/** Opens a block collection at a column, unless it is open: behind the tokens so far, or at a key that came before. */
export function openBlock(scanner: Scanner, kind: "open-list" | "open-map", column: number, key?: Token): void {
  if (scanner.flow > 0 || scanner.indent >= column) return;
  scanner.indents.push(scanner.indent);
  scanner.indent = column;
  if (key !== undefined) key.opens = 2;
  else scanner.tokens.push(makeToken(kind, scanner.at, scanner.at));
  checkDepth(scanner);
}

/** Closes the block collections that a column lies left of. */
export function closeBlocks(scanner: Scanner, column: number): void {
  while (scanner.indent > column) {
    scanner.tokens.push(makeToken("close", scanner.at, scanner.at));
    scanner.indent = scanner.indents.pop() ?? -1;
  }
}

/** Refuses what is nested too deep. */
export function checkDepth(scanner: Scanner): void {
  const { at, flow, indents } = scanner;
  if (flow + indents.length <= maxDepth || scanner.refusal !== undefined) return;
  const message = `nested deeper than ${maxDepth} levels; not read`;
  scanner.refusal = { kind: "too-complex", span: { start: at, end: at + 1 }, message };
}

/** kubectl's YAML library reads on from where a key may start until it knows, so what it refuses on that line comes before the key. */
export function dropPossibleKeys({ tokens, keys }: Scanner, lineStart: number): void {
  for (const key of keys) {
    if (key?.lineStart === lineStart && key.token < tokens.length) tokens.length = key.token;
  }
}

/** What is written there is not named: it may be a password on a line of its own. */
function refuseKey(scanner: Scanner, { token, start }: PossibleKey): void {
  const end = scanner.tokens[token]?.end ?? start + 1;
  scanner.tokens.length = token;
  refuse(scanner, start, end, "this stands where a key is expected, but no `:` follows it");
}
