import { codeOf } from "../explain-error.ts";

const certificateWords: { readonly [code: string]: string } = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "certificate signed by unknown authority (it signed itself)",
  SELF_SIGNED_CERT_IN_CHAIN: "certificate signed by unknown authority",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "certificate signed by unknown authority",
  UNABLE_TO_GET_ISSUER_CERT: "certificate signed by unknown authority",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "certificate signed by unknown authority",
  CERT_SIGNATURE_FAILURE: "certificate signed by unknown authority (its signature is wrong)",
  CERT_HAS_EXPIRED: "certificate has expired",
  CERT_NOT_YET_VALID: "certificate is not yet valid",
  CERT_REVOKED: "certificate was revoked",
  INVALID_PURPOSE: "certificate is not for a server",
};

/** Tells whether TLS ended, before anything was sent, since the other end's certificate is not to be trusted. */
export function isUntrusted(code: string): boolean {
  return code in certificateWords;
}

/** Says as kubectl does what is wrong with the TLS of a server or a proxy; undefined where the trouble is another. */
export function explainTls(error: unknown, { host, hostname }: URL): string | undefined {
  const code = codeOf(error) ?? "";
  const words = certificateWords[code];
  if (words !== undefined) {
    const clock =
      code.startsWith("CERT_HAS") || code.startsWith("CERT_NOT") ? `; this machine's clock says ${time()}` : "";
    return `tls: failed to verify certificate: x509: ${words}${clock}`;
  }
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return altName(error, hostname);
  if (code === "EPROTO" || code.includes("WRONG_VERSION_NUMBER"))
    return `${host} does not speak TLS; is it an http:// server?`;
  if (/CERTIFICATE_REQUIRED|BAD_CERTIFICATE|CERTIFICATE_EXPIRED|UNKNOWN_CA|CERTIFICATE_UNKNOWN/.test(code))
    return `tls: the server refused our client certificate (${code.replace(/^ERR_SSL_/, "")})`;
  return /^ERR_(TLS|SSL|OSSL)/.test(code) ? `tls: ${code}` : undefined;
}

function altName(error: unknown, hostname: string): string {
  const names = error instanceof Error && "cert" in error ? namesIn(error.cert) : "";
  // What was asked for may be another name than the host's, by tls-server-name.
  const wanted = error instanceof Error && "host" in error ? String(error.host) : hostname;
  return `tls: failed to verify certificate: x509: certificate is valid for ${names || "other names"}, not ${wanted}`;
}

function namesIn(certificate: unknown): string {
  if (typeof certificate !== "object" || certificate === null || !("subjectaltname" in certificate)) return "";
  return String(certificate.subjectaltname).replace(/(?:DNS|IP Address):/g, "");
}

function time(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, "Z");
}
