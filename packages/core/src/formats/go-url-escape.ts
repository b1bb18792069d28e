import { decodeUtf8, encodeUtf8 } from "../encoding/utf8.ts";
import { fail, type Result, succeed } from "../text/result.ts";

/** The part of a URL that is unescaped: Go has stricter rules for a host and for the zone of an IPv6 address. */
export type UrlPart = "text" | "host" | "zone";

const hostCharacter = /^[-A-Za-z0-9_.~!$&'()*+,;=:[\]<>"]$/;
const percent = 0x25;

/** Decodes the percent escapes of one part of a URL as Go's net/url does; bytes that are no UTF-8 become U+FFFD. */
export function unescapePercent(text: string, part: UrlPart): Result<string, string> {
  const bytes = encodeUtf8(text);
  const decoded: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte !== percent) {
      if (part !== "text" && byte < 0x80 && !isHostByte(byte)) return fail("contains an invalid character in the host");
      decoded.push(byte);
      continue;
    }
    const digits = String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0);
    const value = /^[0-9A-Fa-f]{2}$/.test(digits) ? Number.parseInt(digits, 16) : undefined;
    if (value === undefined || !mayEscape(value, part)) return fail("contains an invalid percent escape");
    decoded.push(value);
    at += 2;
  }
  return succeed(decodeUtf8(Uint8Array.from(decoded)).text);
}

/** The bytes that a text with percent escapes stands for; undefined where an escape is not valid. */
export function percentBytes(text: string): Uint8Array | undefined {
  const bytes = encodeUtf8(text);
  const decoded: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const digits = String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0);
    if (bytes[at] !== percent) decoded.push(bytes[at] ?? 0);
    else if (/^[0-9A-Fa-f]{2}$/.test(digits)) decoded.push(Number.parseInt(digits, 16));
    else return undefined;
    if (bytes[at] === percent) at += 2;
  }
  return Uint8Array.from(decoded);
}

function mayEscape(value: number, part: UrlPart): boolean {
  if (part === "text" || value === percent) return true;
  // RFC 3986 allows escapes in a host for non-ASCII only; Go allows in a zone what needs no escape, and the blank.
  return part === "host" ? value >= 0x80 : value === 0x20 || (value < 0x80 && isHostByte(value));
}

function isHostByte(byte: number): boolean {
  return hostCharacter.test(String.fromCharCode(byte));
}
