import type { Finding } from "@registry-cache/core";
import type { LintCounts, LintOutcome } from "@registry-cache/operations";

/** So many findings of one rule in one file say all that a person can take in. */
const maxAlike = 50;

/** What a person is shown of a file: its findings, and how many more of each rule there are. */
export interface ShownFindings {
  readonly uri: string;
  readonly findings: readonly Finding[];
  readonly left: readonly LeftFindings[];
}

/** How many findings of one rule are not shown. */
export interface LeftFindings {
  readonly code: string;
  readonly name: string;
  readonly count: number;
}

/** The outcome as a person needs it: what differs only in the field that admission names, such as a text seen through an alias, is one finding. */
export function distinctOutcome(outcome: LintOutcome): LintOutcome {
  const findings = new Map([...outcome.findings].map(([uri, of]) => [uri, distinct(of)]));
  const gone = [...outcome.findings].flatMap(([uri, of]) => {
    const kept = new Set(findings.get(uri));
    return of.filter((it) => !kept.has(it));
  });
  return gone.length === 0 ? outcome : { ...outcome, findings, counts: without(outcome.counts, gone) };
}

/** Chooses what is shown: of thousands of findings of one rule in one file, the first ones. */
export function* shownFindings({ findings }: Pick<LintOutcome, "findings">): Iterable<ShownFindings> {
  for (const [uri, all] of findings) {
    const seen = new Map<string, LeftFindings>();
    const shown = all.filter(({ code, name }) => {
      const count = (seen.get(code)?.count ?? 0) + 1;
      seen.set(code, { code, name, count });
      return count <= maxAlike;
    });
    const left = [...seen.values()].map((it) => ({ ...it, count: it.count - maxAlike })).filter((it) => it.count > 0);
    yield { uri, findings: shown, left };
  }
}

/** Tells of what is left out, in one line. */
export function renderLeft({ code, name, count }: LeftFindings): string {
  return `${count} more of ${code} ${name} in this file, all are in -o json`;
}

function distinct(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ code, span, message }) => {
    const key = JSON.stringify([code, span.start, span.end, message]);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function without(counts: LintCounts, gone: readonly Finding[]): LintCounts {
  const of = (severity: Finding["severity"]): number => gone.filter((it) => it.severity === severity).length;
  return {
    ...counts,
    errors: counts.errors - of("error"),
    warnings: counts.warnings - of("warning"),
    infos: counts.infos - of("info"),
    fixable: counts.fixable - gone.filter((it) => it.fixes.some((fix) => fix.safe)).length,
  };
}
