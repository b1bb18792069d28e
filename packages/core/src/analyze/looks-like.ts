import type { Secret } from "../manifest/secret.ts";
import type { Purpose } from "../workspace/workspace.ts";

/**
 * What an unused Secret seems to be for, judged by its keys. A project namespace holds many Secrets that are none of our
 * business, so only one that could serve a cache as it is, or nearly, counts.
 */
export function looksLike({ form, type, entries }: Secret): Purpose | undefined {
  if (form === "SecretGenerator" || (type !== undefined && type.value !== "Opaque" && type.value !== ""))
    return undefined;
  const keys = entries.map((it) => it.key);
  if (keys.length === 0 || keys.length > 2) return undefined;
  if (keys.length === 1 && keys[0] === "bundle.crt") return "ca-bundle";
  return keys.every((it) => credentialKeys.has(it)) ? "credentials" : undefined;
}

const credentialKeys: ReadonlySet<string> = new Set([
  "username",
  "password",
  "user",
  "USERNAME",
  "PASSWORD",
  "Username",
  "Password",
  "pass",
]);
