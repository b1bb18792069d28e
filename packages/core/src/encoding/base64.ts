import { base64 } from "@scure/base";

const form = /^[A-Za-z0-9+/]*={0,2}$/;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Reads what Go's base64.StdEncoding reads for a JSON `[]byte`: line ends are skipped, padding is required, spare trailing bits may be set. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const packed = /[\r\n]/.test(text) ? text.replace(/[\r\n]+/g, "") : text;
  if (packed.length % 4 !== 0 || !form.test(packed)) return undefined;
  return base64.decode(withoutSpareBits(packed));
}

/** Writes bytes as padded base64 on one line. */
export function encodeBase64(bytes: Uint8Array): string {
  return base64.encode(bytes);
}

/** The library is stricter than Go: it refuses spare bits that are set. */
function withoutSpareBits(packed: string): string {
  const padding = packed.endsWith("==") ? 2 : packed.endsWith("=") ? 1 : 0;
  if (padding === 0) return packed;
  const last = packed.length - padding - 1;
  const kept = alphabet.indexOf(packed.charAt(last)) & (padding === 2 ? 0x30 : 0x3c);
  return packed.slice(0, last) + alphabet.charAt(kept) + "=".repeat(padding);
}
