import { decodeBase64 } from "../encoding/base64.ts";
import { decodeUtf8 } from "../encoding/utf8.ts";
import type { Secret } from "../manifest/secret.ts";

/** Tells whether a Secret is one for imagePullSecrets. */
export function isPullSecret({ entries }: Secret): boolean {
  return entries.some(({ key }) => key === ".dockerconfigjson" || key === ".dockercfg");
}

/** Tells whether a text is the content of Docker's config.json, or base64 of it. */
export function isDockerConfig(text: string): boolean {
  if (text.trimStart().startsWith("{")) return hasAuths(text);
  const bytes = /^\s*ey/.test(text) ? decodeBase64(text.trim()) : undefined;
  return bytes !== undefined && hasAuths(decodeUtf8(bytes).text);
}

function hasAuths(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && "auths" in value;
  } catch {
    return false;
  }
}
