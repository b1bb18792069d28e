import type { SecretSummary } from "@registry-cache/core";

/** When and why the credential of a Secret ends. */
export interface SecretExpiry {
  readonly state: "expired" | "expiring" | "short-lived" | "too-old" | "valid" | "unknown";
  /** Seconds since 1970. */
  readonly expiresAt: number | undefined;
  /** What it stands on, in a few words. */
  readonly reason: string;
}

/** What counts as soon and as old; all in seconds, `now` since 1970. */
export interface ExpiryLimits {
  readonly now: number;
  readonly within: number;
  readonly maxAge: number | undefined;
}

/** How far a Secret of a garden could be looked at. */
export type Sight = "values" | "metadata" | "forbidden" | "missing";

const sights: { readonly [sight in Sight]: string } = {
  values: "its values cannot be read here",
  metadata: "its values were not read",
  forbidden: "you may not read it",
  missing: "there is no such Secret",
};

/** Judges when a credential ends: by the token itself, by what its annotation declares, by its kind, by its age. */
export function judgeExpiry(
  { kind, declaredExpiry, createdAt }: SecretSummary,
  limits: ExpiryLimits,
  sight: Sight = "values",
): SecretExpiry {
  const { now, within, maxAge } = limits;
  const ends = [
    ...(kind?.expiresAt === undefined ? [] : [{ at: kind.expiresAt, reason: "the token says so" }]),
    ...(typeof declaredExpiry === "number" ? [{ at: declaredExpiry, reason: "its annotation says so" }] : []),
  ].sort((a, b) => a.at - b.at);
  const [first] = ends;
  if (kind?.shortLived !== undefined) {
    return { state: "short-lived", expiresAt: first?.at, reason: kind.shortLived };
  }
  const tooOld = maxAge !== undefined && createdAt !== undefined && createdAt + maxAge <= now;
  if (first !== undefined && first.at <= now + within) {
    return { state: first.at <= now ? "expired" : "expiring", expiresAt: first.at, reason: first.reason };
  }
  if (tooOld) {
    const days = Math.floor((now - createdAt) / 86_400);
    return { state: "too-old", expiresAt: first?.at, reason: `it is ${days} days old` };
  }
  if (first !== undefined) return { state: "valid", expiresAt: first.at, reason: first.reason };
  return { state: "unknown", expiresAt: undefined, reason: unknownReason({ kind, declaredExpiry }, sight) };
}

function unknownReason({ kind, declaredExpiry }: Pick<SecretSummary, "kind" | "declaredExpiry">, sight: Sight): string {
  if (typeof declaredExpiry === "string") return "its annotation is no time, write 2027-01-31";
  return kind === undefined ? sights[sight] : (kind.lifetime ?? "its end is not known");
}
