import type { Finding } from "../workspace/finding.ts";
import type { Garden } from "../workspace/garden.ts";
import { isIgnored } from "../workspace/ignore.ts";
import type { Facts, Reference } from "../workspace/workspace.ts";
import { affectedSecrets, affectedShoots, type Change } from "./affected.ts";
import type { FileReport } from "./inspect.ts";
import { createJudge, type Judge } from "./judge.ts";

/** The workspace of an editor: one report for each file, judged together and kept up to date file by file. */
export interface Workspace {
  /** Takes a file's report in place of the one before. Gives the files whose findings may have changed, the file itself first. */
  set(report: FileReport): readonly string[];
  /** Forgets a file. Gives the files whose findings may have changed, the file itself first. */
  delete(uri: string): readonly string[];
  /** Takes what is known beside the files; the findings of any file may change. */
  setFacts(facts: Facts): void;
  /** The findings of a file in their order: what `conclude` gives it for all reports in the order of `uris`. */
  findingsOf(uri: string): readonly Finding[];
  report(uri: string): FileReport | undefined;
  /** All files in the order in which they came. */
  uris(): Iterable<string>;
  readonly garden: Garden;
}

/** Opens a workspace with the files that are there already. */
export function openWorkspace(reports: Iterable<FileReport> = [], facts: Facts = {}): Workspace {
  const judge = createJudge(facts);
  for (const report of reports) judge.replace(report.uri, report);
  return {
    garden: judge.garden,
    set: (report) => change(judge, report.uri, report),
    delete: (uri) => change(judge, uri, undefined),
    setFacts: judge.setFacts,
    findingsOf(uri) {
      const ignores = judge.files.get(uri)?.report.ignores ?? [];
      const findings = judge.findingsOf(uri);
      return ignores.length === 0 ? findings : findings.filter((it) => !isIgnored(ignores, it));
    },
    report: (uri) => judge.files.get(uri)?.report,
    uris: () => judge.files.keys(),
  };
}

const nothingOpen: ReadonlySet<Reference> = new Set();

function change(judge: Judge, uri: string, after: FileReport | undefined): readonly string[] {
  const before = judge.files.get(uri)?.report;
  const openBefore = before === undefined ? nothingOpen : judge.openOf(uri);
  const made: Change = { before, after, openBefore, anyShootBefore: judge.anyShoot };
  judge.replace(uri, after);
  const shoots = affectedShoots(judge, made);
  judge.forget(shoots);
  return [...new Set([uri, ...shoots, ...affectedSecrets(judge, made, shoots)])];
}
