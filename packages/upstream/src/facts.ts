import { parseUrl } from "./parse-url.ts";
/** One thing that a probe found out: plain data, without a value of a Secret. */
export interface ProbeFact {
  readonly id: FactId;
  readonly status: "yes" | "no" | "unknown" | "info";
  /** What was seen. */
  readonly evidence: string;
  /** What to do about it. */
  readonly next?: string;
}

/** What a probe asks, in the order in which it tells of it. */
export type FactId =
  | "reachable"
  | "registry"
  | "login"
  | "pull"
  | "cache-starts"
  | "cache-sends"
  | "cache-pulls"
  | "kind"
  | "expiry"
  | "rate-limit"
  | "symptom"
  | "measured-from";

/** Makes a fact; `next` may be left out. */
export function fact(id: FactId, status: ProbeFact["status"], evidence: string, next?: string): ProbeFact {
  return next === undefined ? { id, status, evidence } : { id, status, evidence, next };
}

/** A URL without what may hold a secret: user information, query and fragment. */
export function shownUrl(url: string): string {
  const parsed = parseUrl(url);
  return parsed === null ? `"${url.slice(0, 100)}"` : `${parsed.origin}${parsed.pathname}`.slice(0, 200);
}
