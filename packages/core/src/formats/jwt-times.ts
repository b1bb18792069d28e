import { decodeBase64 } from "../encoding/base64.ts";
import { decodeUtf8 } from "../encoding/utf8.ts";

/** When a JSON web token ends and how long it is valid from its issue, in seconds; the latter absent when it does not say when it was issued. */
export interface JwtTimes {
  /** Seconds since 1970. */
  readonly expiresAt: number;
  readonly lifetime: number | undefined;
}

/** Reads the times of a JSON web token; undefined for anything else and for one that never expires. */
export function readJwtTimes(token: string): JwtTimes | undefined {
  const [, payload = ""] = /^ey[\w-]+\.(ey[\w-]+)\.[\w-]*$/.exec(token) ?? [];
  const base64 = payload.replaceAll("-", "+").replaceAll("_", "/");
  const bytes = payload === "" ? undefined : decodeBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, "="));
  const claims = bytes && parseObject(decodeUtf8(bytes).text);
  if (claims === undefined || typeof claims.exp !== "number") return undefined;
  return { expiresAt: claims.exp, lifetime: typeof claims.iat === "number" ? claims.exp - claims.iat : undefined };
}

function parseObject(json: string): { readonly exp?: unknown; readonly iat?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
