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

/** The end of the value that starts here, or `incomplete`. */
export function skipValue(bytes: Uint8Array, from: number, end: number): number {
  if (from >= end) return incomplete;
  const first = bytes[from];
  if (first === quote) return skipString(bytes, from + 1, end);
  if (first === openBrace || first === openBracket) return skipNested(bytes, from, end);
  for (let at = from; at < end; at += 1) {
    const byte = bytes[at];
    if (
      byte === comma ||
      byte === closeBrace ||
      byte === closeBracket ||
      byte === 0x20 ||
      byte === 0x0a ||
      byte === 0x0d
    ) {
      if (at === from) throw new UnexpectedJson();
      return at;
    }
  }
  return incomplete;
}

function skipNested(bytes: Uint8Array, from: number, end: number): number {
  let depth = 0;
  let at = from;
  while (at < end) {
    const byte = bytes[at];
    at += 1;
    if (byte === quote) {
      at = skipString(bytes, at, end);
      if (at === incomplete) return incomplete;
    } else if (byte === openBrace || byte === openBracket) depth += 1;
    else if (byte === closeBrace || byte === closeBracket) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return incomplete;
}
