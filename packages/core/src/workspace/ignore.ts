import type { Span } from "../text/span.ts";
import type { Finding } from "./finding.ts";
import { selectsAny } from "./selector.ts";

/** What a comment ignores: plain data that holds nothing of its text alive. */
export interface Ignore {
  /** The findings that begin here are ignored. */
  readonly covers: Span;
  /** Codes, names or beginnings of codes; undefined means all. */
  readonly selectors: readonly string[] | undefined;
}

/** Tells whether a comment of the finding's file ignores it. */
export function isIgnored(ignores: readonly Ignore[], finding: Finding): boolean {
  return ignores.some((it) => ignoresFinding(it, finding));
}

/** Tells whether one comment ignores a finding of its file. */
export function ignoresFinding({ covers, selectors }: Ignore, finding: Finding): boolean {
  const { start } = finding.span;
  if (start < covers.start || start > covers.end) return false;
  return selectors === undefined || selectsAny(selectors, finding);
}
