import { isFields, textAt } from "../json.ts";
import { bearer, type Credential } from "./credential.ts";
import type { ExpiringCredential } from "./exec-cache.ts";

/** What a plugin printed, or what is wrong with it. Never repeats what was printed. */
export function readExecCredential(output: string, apiVersion: string): ExpiringCredential | string {
  let printed: unknown;
  try {
    printed = JSON.parse(output);
  } catch {
    return output.trim() === "" ? "printed nothing" : "printed something that is not JSON";
  }
  if (!isFields(printed) || printed["kind"] !== "ExecCredential") return "printed no ExecCredential";
  const version = textAt(printed, "apiVersion") ?? "";
  if (version !== apiVersion) return `is configured to use API version ${apiVersion}, and returned ${known(version)}`;
  const status = printed["status"];
  if (!isFields(status)) return "returned no status";
  return readStatus(status);
}

function readStatus(status: { readonly [name: string]: unknown }): ExpiringCredential | string {
  const token = textAt(status, "token") ?? "";
  const certificate = textAt(status, "clientCertificateData") ?? "";
  const key = textAt(status, "clientKeyData") ?? "";
  if (token === "" && certificate === "" && key === "")
    return "returned neither a token nor a certificate with its key";
  if ((certificate === "") !== (key === "")) return "returned only one of certificate and key";
  const until = textAt(status, "expirationTimestamp");
  const expires = until === undefined ? undefined : Date.parse(until);
  if (Number.isNaN(expires)) return "returned an expirationTimestamp that is no time";
  return { credential: toCredential(token, certificate, key), expires };
}

function toCredential(token: string, certificate: string, key: string): Credential {
  const pair = certificate === "" ? undefined : { certificate, key };
  return token === "" && pair ? { certificate: pair, secrets: [] } : bearer(token, pair);
}

/** A version is repeated only where it looks like one. */
function known(version: string): string {
  return /^[a-z0-9./]{1,80}$/.test(version) ? version : "another";
}
