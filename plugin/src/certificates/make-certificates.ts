// The library asks for this polyfill before it is loaded.
import "reflect-metadata";
import { createPrivateKey, createPublicKey, type KeyObject, type webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { type CertificateSpec, type Certificates, readOwnFile } from "@registry-cache/operations";
import { CliError } from "../cli-error.ts";
import { printable } from "../print/printable.ts";

/** The files of a CA that is to sign; both or none. */
export interface AuthorityFiles {
  readonly certificate: string | undefined;
  readonly key: string | undefined;
}

const curve = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const day = 86_400_000;

/** Makes the certificates of a Shoot's caches, signed by the given CA or by a new one. Nothing of them is kept. */
export async function makeCertificates(
  specs: readonly CertificateSpec[],
  files: AuthorityFiles,
): Promise<Certificates> {
  if ((files.certificate === undefined) !== (files.key === undefined))
    throw new CliError("--ca-cert and --ca-key go together");
  const [authority, ...servers] = specs;
  if (authority === undefined) return { authority: "", of: () => ({ certificate: "", key: "" }) };
  const issuer = await openAuthority(authority, files);
  const made = new Map(await Promise.all(servers.map(async (it) => [it.name, await issue(it, issuer)] as const)));
  return {
    authority: issuer.certificate.toString("pem"),
    of: ({ names }) => made.get(`${names.resource}-tls`) ?? { certificate: "", key: "" },
  };
}

interface Issuer {
  readonly certificate: x509.X509Certificate;
  readonly key: webcrypto.CryptoKey;
  readonly algorithm: SigningAlgorithm;
}

type SigningAlgorithm = typeof curve | { readonly name: "RSASSA-PKCS1-v1_5"; readonly hash: "SHA-256" };

async function openAuthority(spec: CertificateSpec, files: AuthorityFiles): Promise<Issuer> {
  if (files.certificate === undefined || files.key === undefined) return createAuthority(spec);
  const certificate = readCertificate(files.certificate);
  const parsed = parseKey(files.key);
  refuseUnfit(certificate, parsed, files.certificate);
  const { key, algorithm } = await toSigner(parsed, files.key);
  return { certificate, key, algorithm };
}

/** Nodes would refuse all that such an authority signs. */
function refuseUnfit(certificate: x509.X509Certificate, key: KeyObject, path: string): void {
  const name = `--ca-cert: the certificate in ${printable(path)}`;
  if (certificate.getExtension(x509.BasicConstraintsExtension)?.ca !== true)
    throw new CliError(`${name} is not one of an authority (CA)`);
  const publicKey = createPublicKey(key).export({ type: "spki", format: "der" });
  if (!publicKey.equals(Buffer.from(certificate.publicKey.rawData)))
    throw new CliError(`${name} does not belong to the key of --ca-key`);
  if (certificate.notAfter.getTime() < Date.now())
    throw new CliError(`${name} expired on ${certificate.notAfter.toISOString()}`);
}

async function createAuthority({ commonName, validityDays }: CertificateSpec): Promise<Issuer> {
  const keys = await crypto.subtle.generateKey(curve, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [commonName] }],
    keys,
    signingAlgorithm: curve,
    ...validity(validityDays),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate, key: keys.privateKey, algorithm: curve };
}

async function issue(
  spec: CertificateSpec,
  issuer: Issuer,
): Promise<{ readonly certificate: string; readonly key: string }> {
  const keys = await crypto.subtle.generateKey(curve, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: [{ CN: [spec.commonName] }],
    issuer: issuer.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: issuer.key,
    signingAlgorithm: issuer.algorithm,
    ...validity(spec.validityDays),
    extensions: [
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...spec.dnsNames.map((value) => ({ type: "dns" as const, value })),
        ...spec.ipAddresses.map((value) => ({ type: "ip" as const, value })),
      ]),
    ],
  });
  return { certificate: certificate.toString("pem"), key: await toPem(keys.privateKey) };
}

/** A clock that is a little behind must not refuse what was made just now. */
function validity(days: number): { readonly notBefore: Date; readonly notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - 300_000), notAfter: new Date(now + days * day) };
}

function readCertificate(path: string): x509.X509Certificate {
  try {
    return new x509.X509Certificate(readOwnText(path));
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`--ca-cert: ${printable(path)} holds no certificate in PEM`);
  }
}

async function toSigner(key: KeyObject, path: string): Promise<Pick<Issuer, "key" | "algorithm">> {
  const der = key.export({ type: "pkcs8", format: "der" });
  const algorithm = algorithmOf(key, path);
  return { key: await crypto.subtle.importKey("pkcs8", der, algorithm, false, ["sign"]), algorithm };
}

/** What the parser says may quote the key. */
function parseKey(path: string): KeyObject {
  const text = readOwnText(path);
  try {
    return createPrivateKey(text);
  } catch {
    throw new CliError(`--ca-key: ${printable(path)} holds no private key in PEM without a passphrase`);
  }
}

function algorithmOf(
  { asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject,
  path: string,
): SigningAlgorithm {
  if (type === "rsa") return { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  if (type === "ec" && details?.namedCurve === "prime256v1") return curve;
  throw new CliError(`--ca-key: the key in ${printable(path)} must be RSA or of the curve P-256`);
}

function readOwnText(path: string): string {
  const file = readOwnFile(path);
  if (typeof file === "string") return file;
  throw new CliError(`${printable(path)}: ${file.message}`);
}

async function toPem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey("pkcs8", key)).toString("base64");
  return `-----BEGIN PRIVATE KEY-----\n${der.replace(/.{64}(?=.)/g, "$&\n")}\n-----END PRIVATE KEY-----\n`;
}
