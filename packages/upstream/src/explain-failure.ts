import { type Failure, type FailureReason, failure } from "./outcome.ts";

const reasons: ReadonlyMap<string, readonly [FailureReason, string]> = new Map([
  ["ENOTFOUND", ["name", "the name is not known"]],
  ["EAI_AGAIN", ["name", "the name cannot be looked up now"]],
  ["EAI_FAIL", ["name", "the name cannot be looked up"]],
  ["ECONNREFUSED", ["refused", "nobody listens on the port"]],
  ["EHOSTUNREACH", ["unreachable", "no way leads to the host"]],
  ["ENETUNREACH", ["unreachable", "no way leads to the network"]],
  ["EADDRNOTAVAIL", ["unreachable", "the address cannot be used"]],
  ["ETIMEDOUT", ["timeout", "nobody answers at the address"]],
  ["ECONNRESET", ["closed", "the connection was closed without an answer"]],
  ["EPIPE", ["closed", "the connection was closed without an answer"]],
  ["ERR_STREAM_PREMATURE_CLOSE", ["closed", "the connection was closed without an answer"]],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", ["untrusted", "the certificate is signed by itself, by no authority that is known"]],
  ["SELF_SIGNED_CERT_IN_CHAIN", ["untrusted", "the certificate is signed by an authority that is not known"]],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", ["untrusted", "the certificate is signed by an authority that is not known"]],
  ["UNABLE_TO_GET_ISSUER_CERT", ["untrusted", "the certificate is signed by an authority that is not known"]],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", ["untrusted", "the certificate is signed by an authority that is not known"]],
  ["CERT_HAS_EXPIRED", ["certificate", "the certificate has expired"]],
  ["CERT_NOT_YET_VALID", ["certificate", "the certificate is not valid yet"]],
  ["ERR_TLS_CERT_ALTNAME_INVALID", ["certificate", "the certificate is for another host"]],
  ["HPE_HEADER_OVERFLOW", ["too-large", "the headers of the answer are too large"]],
]);

/** Says in plain words why a connection or an answer failed, from what Node threw. */
export function explainFailure(url: string, error: unknown): Failure {
  const code = codeOf(error);
  const known = reasons.get(code);
  if (known !== undefined) return failure(url, ...known);
  if (/^(ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)|EPROTO)/.test(code)) {
    return failure(url, "not-tls", "the server does not speak TLS");
  }
  if (code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_") || /CERT/.test(code)) {
    return failure(url, "certificate", `TLS failed (${code})`);
  }
  if (code.startsWith("HPE_")) return failure(url, "not-http", "the answer is no HTTP");
  return failure(url, "closed", code === "" ? "the connection failed" : `the connection failed (${code})`);
}

/** The code of an error, or of the first of several that one stands for. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
