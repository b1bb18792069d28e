import { type DerElement, derTag, readInside, readOid } from "./der.ts";
import { decodeUtf8 } from "./utf8.ts";

const shortNames: ReadonlyMap<string, string> = new Map([
  ["2.5.4.3", "CN"],
  ["2.5.4.5", "SERIALNUMBER"],
  ["2.5.4.6", "C"],
  ["2.5.4.7", "L"],
  ["2.5.4.8", "ST"],
  ["2.5.4.9", "STREET"],
  ["2.5.4.10", "O"],
  ["2.5.4.11", "OU"],
  ["2.5.4.17", "POSTALCODE"],
]);

/** A certificate's name as RFC 2253 writes it, last part first; undefined where Go's crypto/x509 refuses the name. */
export function readName(element: DerElement | undefined): string | undefined {
  const sets = readInside(element, derTag.sequence);
  if (sets === undefined || !sets.complete) return undefined;
  const parts: string[] = [];
  for (const set of sets.elements) {
    const attributes = readInside(set, derTag.set);
    if (attributes === undefined || !attributes.complete) return undefined;
    const texts = attributes.elements.map(readAttribute);
    if (texts.includes(undefined)) return undefined;
    if (texts.length > 0) parts.unshift(texts.join("+"));
  }
  return parts.join(",");
}

function readAttribute(element: DerElement): string | undefined {
  const [type, value] = readInside(element, derTag.sequence)?.elements ?? [];
  const oid = readOid(type);
  const text = value === undefined ? undefined : readString(value);
  if (oid === undefined || text === undefined) return undefined;
  const escaped = text.replace(/[,+"\\<>;]|^[ #]| $/g, "\\$&");
  return `${shortNames.get(oid) ?? oid}=${escaped}`;
}

/** The text of a string type, or undefined where its characters do not fit the type. */
function readString({ tag, content }: DerElement): string | undefined {
  if (tag === 0x0c) {
    const { text, invalidAt } = decodeUtf8(content);
    return invalidAt === undefined ? text : undefined;
  }
  if (tag === 0x1e) return readBmpString(content);
  const forms: ReadonlyMap<number, RegExp> = new Map([
    [0x12, /^[0-9 ]*$/],
    [0x13, /^[A-Za-z0-9'()+,\-./ :=?*&]*$/],
    [0x14, /^/],
    [0x16, /^\p{ASCII}*$/u],
  ]);
  const text = Array.from(content, (byte) => String.fromCharCode(byte)).join("");
  return forms.get(tag)?.test(text) === true ? text : undefined;
}

function readBmpString(content: Uint8Array): string | undefined {
  if (content.length % 2 !== 0) return undefined;
  let text = "";
  for (let at = 0; at < content.length; at += 2) {
    const unit = (content[at] ?? 0) * 256 + (content[at + 1] ?? 0);
    if (unit >= 0xfffe || (unit >= 0xfdd0 && unit <= 0xfdef) || (unit >= 0xd800 && unit <= 0xdfff)) return undefined;
    text += String.fromCharCode(unit);
  }
  return text.endsWith("\0") ? text.slice(0, -1) : text;
}
