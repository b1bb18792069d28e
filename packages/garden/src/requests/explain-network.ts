import { codeOf, firstLine } from "../explain-error.ts";
import { GardenError, type GardenErrorDetails, isGardenError, unreachable } from "../garden-error.ts";
import { explainTls, isUntrusted } from "../transport/explain-tls.ts";
import { NotAnApi } from "./body.ts";
import { TimeoutReason } from "./deadline.ts";

/** Says in one line, as kubectl does, why a request did not get through. */
export function explainNetwork(error: unknown, server: URL, signal: AbortSignal, wrote: boolean): GardenError {
  const details = { maybeDone: wrote && !certainlyUnsent(error) };
  // What breaks because we broke it off is no trouble of the network.
  if (isGardenError(error) && error.kind !== "network") return error;
  if (error instanceof NotAnApi) return notAnApi(server, details);
  if (signal.aborted) return explainAbort(signal.reason, server, details);
  if (isGardenError(error)) return error;
  const code = codeOf(error) ?? "";
  if (code === "ECONNREFUSED") return refused(server);
  const tls = explainTls(error, server);
  if (tls !== undefined) return unreachable("certificate", tls);
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
    isUntrusted(code)
  );
}

function explainAbort(reason: unknown, { host }: URL, details: GardenErrorDetails): GardenError {
  if (isGardenError(reason)) return reason;
  if (!(reason instanceof TimeoutReason)) return new GardenError("cancelled", "cancelled", details);
  return unreachable("timeout", `${host} gave ${reason.message}`, details);
}

function notAnApi({ host }: URL, details: GardenErrorDetails): GardenError {
  const why = "is not what a Kubernetes API server sends; is the address right, and is a proxy in between?";
  return new GardenError("protocol", `the answer of ${host} ${why}`, details);
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
