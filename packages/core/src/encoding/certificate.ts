import { type DerElement, derTag, isInteger, readBitString, readElements, readInside, readOid } from "./der.ts";
import { readTime } from "./der-time.ts";
import { readName } from "./distinguished-name.ts";
import { readFirstPemBlock } from "./pem.ts";
import { isPublicKey, readAlgorithm } from "./public-key.ts";
import { decodeUtf8 } from "./utf8.ts";

/** What the first PEM block of a bundle holds; times are epoch milliseconds, the subject is written as RFC 2253 does. */
export type FirstCertificate =
  | { readonly kind: "certificate"; readonly notBefore: number; readonly notAfter: number; readonly subject: string }
  | { readonly kind: "no-pem" }
  | { readonly kind: "not-certificate"; readonly type: string }
  | { readonly kind: "unparsable" };

/**
 * Reads the first PEM block, and only that one, as pem.Decode and x509.ParseCertificate do in ValidateMirrorHostCABundleSecret.
 * The frame, names, times and keys of a certificate are checked; the contents of its extensions and points on curves are not.
 */
export function readFirstCertificate(pem: string | Uint8Array): FirstCertificate {
  const block = readFirstPemBlock(typeof pem === "string" ? pem : decodeUtf8(pem).text);
  if (block === undefined) return { kind: "no-pem" };
  if (block.type !== "CERTIFICATE") return { kind: "not-certificate", type: block.type };
  return readCertificate(block.bytes) ?? { kind: "unparsable" };
}

function readCertificate(bytes: Uint8Array): FirstCertificate | undefined {
  const outer = readElements(bytes);
  const [tbs, algorithm, signature] = readInside(outer.elements[0], derTag.sequence)?.elements ?? [];
  const fields = readInside(tbs, derTag.sequence)?.elements;
  if (outer.elements.length !== 1 || !outer.complete || fields === undefined) return undefined;
  const version = readVersion(fields[0]);
  const [serial, inner, issuer, validity, subject, key, ...rest] = fields.slice(fields[0]?.tag === 0xa0 ? 1 : 0);
  const [from, to] = readInside(validity, derTag.sequence)?.elements ?? [];
  const name = readName(subject);
  const notBefore = readTime(from);
  const notAfter = readTime(to);
  if (version === undefined || name === undefined || notBefore === undefined || notAfter === undefined)
    return undefined;
  const wellFormed =
    isInteger(serial, "natural") &&
    readAlgorithm(inner) !== undefined &&
    sameElement(inner, algorithm) &&
    readName(issuer) !== undefined &&
    isPublicKey(key) &&
    (version < 2 || areExtensions(rest)) &&
    readBitString(signature) !== undefined;
  return wellFormed ? { kind: "certificate", notBefore, notAfter, subject: name } : undefined;
}

/** The version, 0 to 2; absent means 0. */
function readVersion(first: DerElement | undefined): number | undefined {
  if (first?.tag !== 0xa0) return 0;
  const { elements, complete } = readElements(first.content);
  const [number] = elements;
  if (!complete || elements.length !== 1 || !isInteger(number) || number?.content.length !== 1) return undefined;
  const version = number.content[0] ?? 0;
  return version <= 2 ? version : undefined;
}

function areExtensions(fields: readonly DerElement[]): boolean {
  // Two unique identifiers may stand before the extensions.
  const start = fields[0]?.tag === 0x81 ? 1 : 0;
  const wrapper = fields[fields[start]?.tag === 0x82 ? start + 1 : start];
  if (wrapper?.tag !== 0xa3) return true;
  const list = readInside(readElements(wrapper.content).elements[0], derTag.sequence);
  if (list === undefined || !list.complete) return false;
  const oids = list.elements.map(readExtension);
  return !oids.includes(undefined) && new Set(oids).size === oids.length;
}

function readExtension(element: DerElement): string | undefined {
  const [oid, ...rest] = readInside(element, derTag.sequence)?.elements ?? [];
  const [critical] = rest;
  const marked = critical?.tag === derTag.boolean;
  if (marked && !(critical.content.length === 1 && [0, 0xff].includes(critical.content[0] ?? 1))) return undefined;
  return rest[marked ? 1 : 0]?.tag === derTag.octetString ? readOid(oid) : undefined;
}

function sameElement(left: DerElement | undefined, right: DerElement | undefined): boolean {
  if (left === undefined || right === undefined || left.tag !== right.tag) return false;
  return left.content.length === right.content.length && left.content.every((byte, at) => byte === right.content[at]);
}
