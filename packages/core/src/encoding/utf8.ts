/** A text read from bytes; `invalidAt` is the byte offset of the first sequence that is no UTF-8. */
export interface DecodedText {
  readonly text: string;
  readonly invalidAt?: number;
}

// Larger and smaller chunks are slower in V8: 50 MB of ASCII take about 0.5 s.
const chunkSize = 0x1000;
const replacement = 0xfffd;
const secondBytes: ReadonlyMap<number, readonly [number, number]> = new Map([
  [0xe0, [0xa0, 0xbf]],
  [0xed, [0x80, 0x9f]],
  [0xf0, [0x90, 0xbf]],
  [0xf4, [0x80, 0x8f]],
]);

/** Reads bytes as UTF-8 as Go's string conversion does: each invalid byte becomes U+FFFD, a byte order mark stays as U+FEFF. */
export function decodeUtf8(bytes: Uint8Array): DecodedText {
  const parts: string[] = [];
  const units = new Uint16Array(chunkSize + 1);
  let used = 0;
  let invalidAt = -1;
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) {
      units[used++] = byte;
      at += 1;
    } else {
      const length = sequenceLength(bytes, at);
      if (length === 0 && invalidAt < 0) invalidAt = at;
      const point = length === 0 ? replacement : codePoint(bytes, at, length);
      if (point > 0xffff) units[used++] = 0xd7c0 + (point >> 10);
      units[used++] = point > 0xffff ? 0xdc00 | (point & 0x3ff) : point;
      at += Math.max(1, length);
    }
    if (used >= chunkSize) {
      parts.push(fromUnits(units.subarray(0, used)));
      used = 0;
    }
  }
  parts.push(fromUnits(units.subarray(0, used)));
  const text = parts.join("");
  return invalidAt < 0 ? { text } : { text, invalidAt };
}

/** Writes a text as UTF-8; a lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text));
  let at = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      bytes[at++] = unit;
      continue;
    }
    const point = scalarValue(text, index);
    if (point > 0xffff) index += 1;
    const extra = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    // 0xc0, 0xe0 or 0xf0: the leading ones count the bytes of the sequence.
    bytes[at++] = (0xf80 >> extra) | (point >> (6 * extra));
    for (let rest = extra - 1; rest >= 0; rest -= 1) bytes[at++] = 0x80 | ((point >> (6 * rest)) & 0x3f);
  }
  return bytes;
}

/** The number of bytes that `encodeUtf8` gives for a text, as Go's len counts it. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    const point = scalarValue(text, index);
    length += point < 0x800 ? 1 : 2;
    if (point > 0xffff) index += 1;
  }
  return length;
}

function fromUnits(units: Uint16Array): string {
  return Reflect.apply(String.fromCharCode, undefined, units);
}

function scalarValue(text: string, index: number): number {
  const point = text.codePointAt(index) ?? replacement;
  return point >= 0xd800 && point <= 0xdfff ? replacement : point;
}

/** The length of the well-formed sequence of two to four bytes at `at`, or 0. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  const length = announcedLength(first);
  // The second byte rules out overlong forms, surrogates and points beyond U+10FFFF.
  const [low, high] = secondBytes.get(first) ?? [0x80, 0xbf];
  const second = bytes[at + 1] ?? 0;
  if (length === 0 || second < low || second > high) return 0;
  for (let index = 2; index < length; index += 1) if (((bytes[at + index] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

function announcedLength(first: number): number {
  if (first < 0xc2 || first > 0xf4) return 0;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

function codePoint(bytes: Uint8Array, at: number, length: number): number {
  let point = (bytes[at] ?? 0) & (0x7f >> length);
  for (let index = 1; index < length; index += 1) point = (point << 6) | ((bytes[at + index] ?? 0) & 0x3f);
  return point;
}
