import type { CredentialKind } from "@registry-cache/core";
import { fact, type ProbeFact } from "./facts.ts";

/** Says when a credential ends, as far as it or a person tells; `now` in seconds since 1970. */
export function expiryFact(kind: CredentialKind, declared: number | undefined, now: number): ProbeFact {
  const byToken = declared === undefined || (kind.expiresAt ?? Number.POSITIVE_INFINITY) <= declared;
  const end = byToken ? kind.expiresAt : declared;
  if (end !== undefined && (kind.shortLived === undefined || byToken)) {
    const at = `${formatTime(end)}${byToken ? "" : ", as its annotation says"}`;
    if (end <= now) return fact("expiry", "no", `expired at ${at}`, "replace it");
    return fact("expiry", "yes", `expires at ${at}`, "nothing renews it: rotate it before");
  }
  if (kind.shortLived !== undefined) {
    return fact(
      "expiry",
      "no",
      kind.shortLived,
      "nothing renews it: use a credential that lasts, such as a robot account",
    );
  }
  return fact("expiry", "unknown", kind.lifetime ?? "its end is not known");
}

/** A time in UTC to the second; a number that is no time is shown as it is. */
export function formatTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? `${seconds}` : date.toISOString().replace(".000Z", "Z");
}
