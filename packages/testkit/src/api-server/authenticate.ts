import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import type { UserInfo } from "./exchange.ts";
import { ApiFailure } from "./failure.ts";

/** Whom the server knows: by token, by `name:password`, or else by a certificate of its authority. */
export interface KnownUsers {
  readonly tokens: Map<string, UserInfo>;
  readonly passwords: Map<string, UserInfo>;
}

/** Finds out who sends a request; fails with 401, and with 403 for an impersonation that is not allowed. */
export function authenticate(request: IncomingMessage, known: KnownUsers): UserInfo {
  const user = identify(request, known);
  if (user === undefined) throw new ApiFailure({ code: 401, reason: "Unauthorized", message: "Unauthorized" });
  const groups = [...user.groups, "system:authenticated"];
  return impersonate(request, { ...user, groups });
}

function identify({ headers, socket }: IncomingMessage, { tokens, passwords }: KnownUsers): UserInfo | undefined {
  const [scheme = "", value = ""] = (headers.authorization ?? "").split(" ");
  if (scheme === "Bearer") return tokens.get(value);
  if (scheme === "Basic") return passwords.get(Buffer.from(value, "base64").toString());
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  const { CN, O = [] } = socket.getPeerCertificate().subject;
  return { name: String(CN), groups: [O].flat() };
}

function impersonate({ headers, headersDistinct }: IncomingMessage, user: UserInfo): UserInfo {
  const name = headers["impersonate-user"];
  if (typeof name !== "string") return user;
  if (!user.groups.includes("system:masters")) {
    const message = `users "${name}" is forbidden: User "${user.name}" cannot impersonate resource "users" in API group "" at the cluster scope`;
    throw new ApiFailure({ code: 403, reason: "Forbidden", message, details: { name, kind: "users" } });
  }
  const prefix = "impersonate-extra-";
  const extra = Object.entries(headersDistinct).flatMap(([key, values]) =>
    key.startsWith(prefix) ? [[decodeURIComponent(key.slice(prefix.length)), values ?? []] as const] : [],
  );
  const uid = headers["impersonate-uid"];
  return {
    name,
    groups: [...(headersDistinct["impersonate-group"] ?? []), "system:authenticated"],
    ...(typeof uid === "string" && { uid }),
    ...(extra.length > 0 && { extra: Object.fromEntries(extra) }),
  };
}
