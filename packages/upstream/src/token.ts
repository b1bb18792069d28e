import { follow } from "./follow.ts";
import { type Failure, failure, type Reply } from "./outcome.ts";
import { parseUrl } from "./parse-url.ts";
import type { Send } from "./wire.ts";

/** What is asked of a token server. */
export interface TokenQuestion {
  readonly realm: string;
  readonly service: string | undefined;
  /** Absent where only the login matters. */
  readonly scope: string | undefined;
  /** Present with the authorization only. */
  readonly account: string | undefined;
  readonly authorization: string | undefined;
}

/** A token that was got, an answer without one, or no answer. Never print the token. */
export type TokenAnswer =
  | { readonly kind: "token"; readonly token: string; readonly expiresIn: number | undefined }
  | { readonly kind: "refused"; readonly reply: Reply }
  | { readonly kind: "unusable"; readonly reply: Reply; readonly message: string }
  | Failure;

/** No token server sends more. */
const maxBody = 1 << 20;

/** Asks for a token as Distribution 3.1.1 does (internal/client/auth/session.go, fetchTokenWithBasicAuth). */
export async function askToken(send: Send, question: TokenQuestion): Promise<TokenAnswer> {
  const url = parseUrl(question.realm);
  if (url === null || !/^https?:$/.test(url.protocol))
    return failure(question.realm, "unsupported", "is no http or https URL");
  const { service, scope, account, authorization } = question;
  if (service) url.searchParams.append("service", service);
  if (scope) url.searchParams.append("scope", scope);
  if (account) url.searchParams.append("account", account);
  url.searchParams.sort();
  url.hash = "";
  const reply = await follow(send, { method: "GET", url: url.href, authorization, bodyLimit: maxBody });
  if (reply.kind === "failure") return reply;
  return reply.status >= 200 && reply.status <= 399 ? readToken(reply) : { kind: "refused", reply };
}

function readToken(reply: Reply): TokenAnswer {
  const unusable = (message: string): TokenAnswer => ({ kind: "unusable", reply, message });
  if (reply.body === undefined) return unusable("its answer is too long or broken off");
  const fields = parseFields(reply.body);
  if (fields === undefined) return unusable("its answer is no JSON object with a token as Go reads it");
  const token = fields.get("access_token") || fields.get("token");
  if (typeof token !== "string" || token === "") return unusable("its answer holds no token");
  const expiresIn = fields.get("expires_in");
  return { kind: "token", token, expiresIn: typeof expiresIn === "number" ? expiresIn : undefined };
}

const types = new Map<string, (value: unknown) => boolean>([
  ["token", (it) => typeof it === "string"],
  ["access_token", (it) => typeof it === "string"],
  ["refresh_token", (it) => typeof it === "string"],
  ["expires_in", (it) => Number.isSafeInteger(it)],
  ["issued_at", (it) => typeof it === "string" && isTime(it)],
]);

/** Reads the answer as encoding/json would: names in any case, null as absent, a wrong type as an error, what follows unread. */
function parseFields(body: string): ReadonlyMap<string, unknown> | undefined {
  const value = parseFirst(body);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const fields = new Map<string, unknown>();
  for (const [name, field] of Object.entries(value)) {
    const key = name.toLowerCase();
    const fits = types.get(key);
    if (fits === undefined || field === null) continue;
    if (!fits(field)) return undefined;
    fields.set(key, field);
  }
  return fields;
}

/** The first JSON value of a text; Go's decoder does not look at what comes behind it. */
function parseFirst(text: string): unknown {
  for (let end = text.length; end > 0; end = text.lastIndexOf("}", end - 1)) {
    try {
      return JSON.parse(text.slice(0, end + 1));
    } catch {
      if (end < text.length - 4096) return undefined;
    }
  }
  return undefined;
}

/** Whether Go's time.Time takes a text: RFC 3339 with a zone. */
function isTime(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}([.,]\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text) &&
    !Number.isNaN(Date.parse(text.replace(",", ".")))
  );
}
