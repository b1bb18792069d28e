import { codeOf, firstLine } from "../explain-error.ts";
import { GardenError, type GardenErrorDetails, isGardenError, unreachable } from "../garden-error.ts";
import { TimeoutReason } from "./deadline.ts";

/** Says in one line, as kubectl does, why a request did not get through. */
export function explainNetwork(error: unknown, server: URL, signal: AbortSignal, wrote: boolean): GardenError {
  const details = { maybeDone: wrote && !certainlyUnsent(error) };
  // What breaks because we broke it off is no trouble of the network.
  if (isGardenError(error) && error.kind !== "network") return error;
  if (signal.aborted) return explainAbort(signal.reason, details);
  if (isGardenError(error)) return error;
  const code = codeOf(error) ?? "";
  if (code === "ECONNREFUSED") return refused(server);
  if (code in certificateWords || /^ERR_(TLS|SSL|OSSL)/.test(code) || code === "EPROTO")
    return unreachable("certificate", explainTls(error, code, server));
  return explainConnection(error, code, server, details);
}

/** Tells whether a GET that failed so may be tried again: the connection broke, nothing was wrong. */
export function isBrokenConnection(error: unknown): boolean {
  return ["ECONNRESET", "EPIPE", "ECONNABORTED", "ERR_STREAM_PREMATURE_CLOSE", "Z_BUF_ERROR"].includes(
    codeOf(error) ?? "",
  );
}

function certainlyUnsent(error: unknown): boolean {
  const code = codeOf(error) ?? "";
  return (
    isGardenError(error) ||
    ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"].includes(code) ||
    code in certificateWords
  );
}

function explainAbort(reason: unknown, details: GardenErrorDetails): GardenError {
  if (isGardenError(reason)) return reason;
  if (!(reason instanceof TimeoutReason)) return new GardenError("cancelled", "cancelled", details);
  return unreachable("timeout", reason.message, details);
}

function refused({ host }: URL): GardenError {
  const message = `The connection to the server ${host} was refused - did you specify the right host or port?`;
  return new GardenError("refused", message, { whole: true });
}

function explainConnection(
  error: unknown,
  code: string,
  { hostname, host }: URL,
  details: GardenErrorDetails,
): GardenError {
  switch (code) {
    case "ENOTFOUND":
      return unreachable("network", `dial tcp: lookup ${hostname}: no such host`, details);
    case "EAI_AGAIN":
      return unreachable("network", `dial tcp: lookup ${hostname}: the name server does not answer`, details);
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return unreachable("network", `dial tcp ${host}: no route to host`, details);
    case "ETIMEDOUT":
      return unreachable("timeout", `dial tcp ${host}: i/o timeout`, details);
    case "HPE_INVALID_CONSTANT":
      return unreachable("protocol", `${host} does not answer in HTTP; is it a TLS port asked by http://?`, details);
    default:
      if (isBrokenConnection(error))
        return unreachable("network", `${host} closed the connection before its answer was complete`, details);
      return unreachable("network", firstLine(error), details);
  }
}

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

function explainTls(error: unknown, code: string, { host, hostname }: URL): string {
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
  return `tls: ${code}`;
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
