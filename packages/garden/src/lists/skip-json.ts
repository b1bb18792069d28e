// Walks the bytes of JSON without building values. What is skipped is not checked, except that its brackets end.

/** There are not enough bytes yet. */
export const incomplete = -1;

/** Thrown where the bytes are not the JSON that was expected. */
export class UnexpectedJson extends Error {}

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const comma = 0x2c;

/** The end of the white space that starts here. */
export function skipSpace(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  for (; at < end; at += 1) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
  }
  return at;
}

/** The end of a string whose first quote is before `from`, or `incomplete`. */
export function skipString(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at];
    if (byte === quote) return at + 1;
    if (byte === backslash) at += 1;
  }
  return incomplete;
}

/** Bytes to walk through, and the fastest way through objects and lists among them. */
export interface Text {
  readonly bytes: Buffer;
  /** Where they end. */
  readonly end: number;
  /** The end of the object or list that starts at `from`, or `incomplete`. */
  skipNested(from: number, end: number): number;
}

/** The same bytes, one by one and four by four. */
interface Words {
  readonly bytes: Buffer;
  readonly words: Int32Array;
}

/** The end of the value that starts here, or `incomplete`. */
export function skipValue(text: Text, from: number, end: number): number {
  const { bytes } = text;
  if (from >= end) return incomplete;
  const first = bytes[from];
  if (first === quote) return skipString(bytes, from + 1, end);
  if (first === openBrace || first === openBracket) return text.skipNested(from, end);
  for (let at = from; at < end; at += 1) {
    if (!endsScalar(bytes[at])) continue;
    if (at === from) throw new UnexpectedJson();
    return at;
  }
  return incomplete;
}

function endsScalar(byte: number | undefined): boolean {
  if (byte === comma || byte === closeBrace || byte === closeBracket) return true;
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** The end of an object or a list where no program skips it: brackets of both kinds are compared at once, strings are walked in words. */
export function skipNested({ bytes, words }: Words, from: number, end: number): number {
  let depth = 0;
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) {
      at = findMark({ bytes, words }, at + 1, end);
      while (bytes[at] === backslash && at < end) at = findMark({ bytes, words }, at + 2, end);
      if (at >= end) return incomplete;
    } else if ((byte | bracketOrBrace) === openBrace) depth += 1;
    else if ((byte | bracketOrBrace) === closeBrace) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return incomplete;
}

/** The place of the next quote or backslash, or one behind the end. */
function findMark({ bytes, words }: Words, from: number, end: number): number {
  let at = from;
  for (; (at & 3) !== 0 && at < end; at += 1) if (bytes[at] === quote || bytes[at] === backslash) return at;
  const last = end >> 2;
  let word = at >> 2;
  while (word < last && !hasMark(words[word] ?? 0)) word += 1;
  for (at = Math.max(at, word << 2); at < end; at += 1) if (bytes[at] === quote || bytes[at] === backslash) return at;
  return at;
}

/** Whether one of four bytes is a quote or a backslash: a byte that is 0 after the xor borrows into its highest bit. */
function hasMark(word: number): boolean {
  const quotes = word ^ 0x22222222;
  const backslashes = word ^ 0x5c5c5c5c;
  return ((((quotes - 0x01010101) & ~quotes) | ((backslashes - 0x01010101) & ~backslashes)) & 0x80808080) !== 0;
}

/** The bit in which brackets and braces differ. */
const bracketOrBrace = 0x20;
