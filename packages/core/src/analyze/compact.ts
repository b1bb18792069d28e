import type { Finding } from "../workspace/finding.ts";
import type { Reference } from "../workspace/workspace.ts";
import type { FileReport, ShootReport } from "./inspect.ts";

/** Makes reports small enough to keep one for each of 100,000 files. */
export type Compact = (report: FileReport) => FileReport;

/**
 * Makes a `Compact`. Arrays lose the room that engines leave in those that grew, texts that many files share, such as
 * namespaces, are kept once, and messages let go of the file that they quote.
 */
export function createCompact(): Compact {
  const shared = new Map<string, string>();
  const share = (text: string): string => {
    const known = shared.get(text);
    if (known === undefined) shared.set(text, text);
    return known ?? text;
  };
  return (report) => {
    // One object for all files of a folder.
    const { policies } = report;
    const { uri, findings, shoots, secrets, affixes, ignores } = findingsOf(report).next().done
      ? report
      : detach(report);
    return {
      uri,
      findings: exact(findings),
      shoots: shoots.map((it) => compactShoot(it, uri, share)),
      secrets: exact(secrets),
      affixes: exact(affixes),
      // A check shows no outline and renames nothing.
      outlines: nothing,
      ignores: exact(ignores),
      policies,
    };
  };
}

/** A copy that shares no memory with the text it was made from. */
export function detach<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

function* findingsOf({ findings, shoots, secrets }: FileReport): Iterator<Finding> {
  yield* findings;
  for (const { predicted } of shoots) yield* predicted.map((it) => it.finding);
  for (const { findings: of } of secrets)
    for (const it of [of.credentials, of["ca-bundle"]]) yield* it.map((of) => of.finding);
}

function compactShoot(shoot: ShootReport, uri: string, share: (text: string) => string): ShootReport {
  const references = shoot.references.map((it): Reference => {
    const { namespace, upstream } = it;
    return {
      ...it,
      uri,
      field: share(it.field),
      namespace: namespace === undefined ? undefined : share(namespace),
      upstream: upstream === undefined ? undefined : share(upstream),
    };
  });
  const { predicted, unchanged, broken } = shoot;
  const changed = !unchanged["registry-cache"] && !unchanged["registry-mirror"];
  return { predicted: exact(predicted), references, unchanged: changed ? allChanged : unchanged, broken };
}

const nothing: readonly never[] = [];
const allChanged: ShootReport["unchanged"] = { "registry-cache": false, "registry-mirror": false };

/** The same items without spare room; all empty arrays are one. */
function exact<T>(items: readonly T[]): readonly T[] {
  return items.length === 0 ? nothing : [...items];
}
