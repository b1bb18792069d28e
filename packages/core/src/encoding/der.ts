/** One DER element: its tag byte and the bytes of its value. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
}

/** The elements that stand one after another; `complete` is false when bytes that are no element follow them. */
export interface DerElements {
  readonly elements: readonly DerElement[];
  readonly complete: boolean;
}

/** Tag bytes of DER, as far as certificates use them. */
export const derTag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Splits bytes into DER elements as strictly as Go's cryptobyte: one-byte tags, definite and shortest lengths. */
export function readElements(bytes: Uint8Array): DerElements {
  const elements: DerElement[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0;
    const { length, size } = readLength(bytes, at + 1);
    const start = at + 1 + size;
    if ((tag & 0x1f) === 0x1f || length < 0 || start + length > bytes.length) return { elements, complete: false };
    elements.push({ tag, content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return { elements, complete: true };
}

/** The elements inside a constructed element of the given tag, or undefined when it has another tag. */
export function readInside(element: DerElement | undefined, tag: number): DerElements | undefined {
  return element?.tag === tag ? readElements(element.content) : undefined;
}

/** Whether an element is an INTEGER in its shortest form; with `sign`, also whether it is not negative, or positive. */
export function isInteger(element: DerElement | undefined, sign?: "natural" | "positive"): boolean {
  if (element?.tag !== derTag.integer) return false;
  const [first, second] = element.content;
  if (first === undefined) return false;
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) return false;
  const positive = element.content.some((byte) => byte !== 0) && first < 0x80;
  return sign === undefined || positive || (sign === "natural" && first < 0x80);
}

/** The bytes of a BIT STRING, or undefined when the element is none or sets bits beyond its end. */
export function readBitString(element: DerElement | undefined): Uint8Array | undefined {
  if (element?.tag !== derTag.bitString) return undefined;
  const [unused, ...bits] = element.content;
  if (unused === undefined || unused > 7 || (bits.length === 0 && unused > 0)) return undefined;
  return ((bits.at(-1) ?? 0) & ((1 << unused) - 1)) === 0 ? element.content.subarray(1) : undefined;
}

/** An OBJECT IDENTIFIER in dotted form, or undefined when the element is none. */
export function readOid(element: DerElement | undefined): string | undefined {
  if (element?.tag !== derTag.oid || element.content.length === 0) return undefined;
  const arcs: number[] = [];
  let arc = 0;
  let started = false;
  for (const byte of element.content) {
    if ((!started && byte === 0x80) || arc >= 2 ** 24) return undefined;
    arc = arc * 128 + (byte & 0x7f);
    started = byte >= 0x80;
    if (started) continue;
    arcs.push(arc);
    arc = 0;
  }
  const [head = 0, ...rest] = arcs;
  const first = Math.min(2, Math.floor(head / 40));
  return started ? undefined : [first, head - 40 * first, ...rest].join(".");
}

function readLength(bytes: Uint8Array, at: number): { readonly length: number; readonly size: number } {
  const first = bytes[at];
  if (first === undefined) return { length: -1, size: 0 };
  if (first < 0x80) return { length: first, size: 1 };
  const size = first & 0x7f;
  let length = 0;
  for (const byte of bytes.subarray(at + 1, at + 1 + size)) length = length * 256 + byte;
  const shortest = size >= 1 && size <= 4 && length >= 0x80 && length >= 256 ** (size - 1);
  return shortest ? { length, size: size + 1 } : { length: -1, size: 0 };
}
