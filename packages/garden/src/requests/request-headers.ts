import type { OutgoingHttpHeaders } from "node:http";
import type { Credential } from "../credentials/credential.ts";
import type { Impersonation } from "../kubeconfig/kubeconfig.ts";
import type { ApiCall } from "./requester.ts";

/** What goes with every request. */
export interface RequestHeaders {
  readonly userAgent: string;
  readonly impersonation: Impersonation;
  /** Whether answers may come packed. */
  readonly compressed: boolean;
}

/** The headers of a request. */
export function headersOf(
  { userAgent, impersonation, compressed }: RequestHeaders,
  { accept = "application/json", body, contentType = "application/json" }: ApiCall,
  { authorization }: Credential,
): OutgoingHttpHeaders {
  return {
    accept,
    "user-agent": userAgent,
    ...(compressed && { "accept-encoding": "gzip" }),
    ...(body !== undefined && { "content-type": contentType }),
    ...(authorization && { authorization }),
    ...impersonationHeaders(impersonation),
  };
}

function impersonationHeaders({ user, uid, groups, extra }: Impersonation): OutgoingHttpHeaders {
  const headers: Record<string, string | string[]> = {};
  if (user !== "") headers["Impersonate-User"] = user;
  if (uid !== "") headers["Impersonate-Uid"] = uid;
  if (groups.length > 0) headers["Impersonate-Group"] = [...groups];
  for (const [key, values] of extra) headers[`Impersonate-Extra-${escapeKey(key)}`] = [...values];
  return headers;
}

/** A header's name has few letters to choose from; the server decodes the rest. (client-go transport/round_trippers.go) */
function escapeKey(key: string): string {
  return encodeURIComponent(key).replace(/[()]/g, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`);
}
