import { type Result, type SecretSummary, secretSummaries } from "@registry-cache/core";
import { readManifestFiles } from "./read-manifests.ts";
import { type ExpiryLimits, judgeExpiry, type SecretExpiry, type Sight } from "./secret-expiry.ts";

/** Which Secrets, and what counts as soon. */
export interface ExpiringRequest extends ExpiryLimits {
  readonly names: readonly string[];
  readonly recursive: boolean;
}

/** A Secret of caches, with when its credential ends. */
export interface ExpiringSecret {
  readonly secret: SecretSummary;
  readonly expiry: SecretExpiry;
  /** Of a garden only: how far it could be looked at. */
  readonly sight?: Sight;
}

/** Lists the Secrets of the caches of files by when they end. */
export function findExpiring(request: ExpiringRequest): Result<readonly ExpiringSecret[], string> {
  const files = readManifestFiles(request.names, request.recursive);
  if (!files.ok) return files;
  const found = secretSummaries(files.value).map((secret) => ({ secret, expiry: judgeExpiry(secret, request) }));
  return { ok: true, value: byEnd(found) };
}

/** The order of a list: first what needs a hand, then what has an end, then the rest. */
export function byEnd(secrets: readonly ExpiringSecret[]): readonly ExpiringSecret[] {
  return secrets.toSorted((a, b) => rankOf(a) - rankOf(b));
}

const order: readonly SecretExpiry["state"][] = ["expired", "short-lived", "expiring", "too-old", "valid", "unknown"];

function rankOf({ expiry }: ExpiringSecret): number {
  return order.indexOf(expiry.state) * 1e12 + (expiry.expiresAt ?? 0);
}
