import type { Finding } from "../workspace/finding.ts";

/** The findings of a file in the order of its text, each once. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  const sorted = [...findings].sort(
    (a, b) => a.span.start - b.span.start || a.span.end - b.span.end || compare(a.code, b.code),
  );
  return sorted.filter((it, index) => !sorted.slice(Math.max(0, index - 8), index).some((other) => isSame(it, other)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Text seen twice through an alias gives a finding each time; a person needs it once, unless admission names two fields. */
function isSame(a: Finding, b: Finding): boolean {
  return (
    a.code === b.code &&
    a.span.start === b.span.start &&
    a.message === b.message &&
    a.admission?.field === b.admission?.field &&
    a.admission?.type === b.admission?.type
  );
}
