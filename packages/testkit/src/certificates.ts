import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIPv4 } from "node:net";

/** A certificate with its key, both in PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** What a certificate is for. */
export interface CertificateRequest {
  readonly commonName: string;
  /** For client certificates: the groups of the user. */
  readonly organizations?: readonly string[];
  /** The host names and IPv4 addresses of a server. */
  readonly names?: readonly string[];
  /** Milliseconds since 1970; by default an hour ago and a day from now. */
  readonly notBefore?: number;
  readonly notAfter?: number;
}

/** Signs certificates that live as long as a test. */
export interface Authority extends Certificate {
  issue(request: CertificateRequest): Certificate;
}

/** A new authority with a key of its own. */
export function createAuthority(commonName = "Authority of a test"): Authority {
  const key = newKey();
  const own = build({ commonName }, key, { commonName, key, isAuthority: true });
  return {
    certificate: own,
    key: pem("PRIVATE KEY", key.export({ type: "pkcs8", format: "der" })),
    issue(request) {
      const subjectKey = newKey();
      return {
        certificate: build(request, subjectKey, { commonName, key, isAuthority: false }),
        key: pem("PRIVATE KEY", subjectKey.export({ type: "pkcs8", format: "der" })),
      };
    },
  };
}

interface Issuer {
  readonly commonName: string;
  readonly key: KeyObject;
  readonly isAuthority: boolean;
}

const hour = 3_600_000;
const ecdsaWithSha256 = seq(oid(1, 2, 840, 10045, 4, 3, 2));

function newKey(): KeyObject {
  return generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
}

function build(request: CertificateRequest, key: KeyObject, issuer: Issuer): string {
  const { commonName, organizations = [], notBefore = Date.now() - hour, notAfter = Date.now() + 24 * hour } = request;
  const tbs = seq(
    der(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(15)])),
    ecdsaWithSha256,
    name(issuer.commonName, []),
    seq(time(notBefore), time(notAfter)),
    name(commonName, organizations),
    createPublicKey(key).export({ type: "spki", format: "der" }),
    der(0xa3, seq(...extensions(request, issuer, key))),
  );
  const signature = sign("sha256", tbs, issuer.key);
  return pem("CERTIFICATE", seq(tbs, ecdsaWithSha256, der(0x03, Buffer.of(0), signature)));
}

function extensions({ names = [] }: CertificateRequest, issuer: Issuer, key: KeyObject): readonly Buffer[] {
  const identifier = (of: KeyObject): Buffer =>
    createHash("sha1")
      .update(createPublicKey(of).export({ type: "spki", format: "der" }))
      .digest();
  const alternatives = names.map((it) =>
    isIPv4(it) ? der(0x87, Buffer.from(it.split(".").map(Number))) : der(0x82, Buffer.from(it)),
  );
  const both = seq(oid(1, 3, 6, 1, 5, 5, 7, 3, 1), oid(1, 3, 6, 1, 5, 5, 7, 3, 2));
  return [
    extension([2, 5, 29, 14], der(0x04, identifier(key))),
    extension([2, 5, 29, 35], seq(der(0x80, identifier(issuer.key)))),
    ...(issuer.isAuthority ? [extension([2, 5, 29, 19], seq(der(0x01, Buffer.of(255))), true)] : []),
    ...(issuer.isAuthority ? [] : [extension([2, 5, 29, 37], both)]),
    ...(alternatives.length > 0 ? [extension([2, 5, 29, 17], seq(...alternatives))] : []),
  ];
}

function extension(id: readonly [number, number, ...number[]], value: Buffer, critical = false): Buffer {
  return seq(oid(...id), ...(critical ? [der(0x01, Buffer.of(255))] : []), der(0x04, value));
}

function name(commonName: string, organizations: readonly string[]): Buffer {
  const attribute = (id: number, text: string): Buffer =>
    der(0x31, seq(oid(2, 5, 4, id), der(0x0c, Buffer.from(text))));
  return seq(...organizations.map((it) => attribute(10, it)), attribute(3, commonName));
}

function time(milliseconds: number): Buffer {
  return der(0x18, Buffer.from(`${new Date(milliseconds).toISOString().replace(/[-:T]|\.\d+/g, "")}`));
}

function integer(bytes: Buffer): Buffer {
  return der(0x02, bytes);
}

function oid(first: number, second: number, ...rest: readonly number[]): Buffer {
  const bytes = rest.flatMap((value) => {
    const groups = [value & 127];
    for (let left = value >> 7; left > 0; left >>= 7) groups.unshift((left & 127) | 128);
    return groups;
  });
  return der(0x06, Buffer.of(first * 40 + second, ...bytes));
}

function seq(...parts: readonly Buffer[]): Buffer {
  return der(0x30, ...parts);
}

/** One value in DER: its tag, its length, its bytes. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
