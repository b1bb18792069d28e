import type { Finding } from "../workspace/finding.ts";
import type { Facts } from "../workspace/workspace.ts";
import { conclude } from "./conclude.ts";
import type { FileReport } from "./inspect.ts";

/** The workspace of an editor: one report for each file, judged together and kept up to date file by file. */
export interface Workspace {
  set(report: FileReport): readonly string[];
  delete(uri: string): readonly string[];
  setFacts(facts: Facts): void;
  findingsOf(uri: string): readonly Finding[];
  report(uri: string): FileReport | undefined;
  uris(): Iterable<string>;
}

/** Opens a workspace. */
export function openWorkspace(): Workspace {
  const reports = new Map<string, FileReport>();
  let facts: Facts = {};
  let all: ReadonlyMap<string, readonly Finding[]> | undefined;
  const changed = (uri: string): readonly string[] => {
    all = undefined;
    return [...new Set([uri, ...reports.keys()])];
  };
  return {
    set: (report) => (reports.set(report.uri, report), changed(report.uri)),
    delete: (uri) => (reports.delete(uri), changed(uri)),
    setFacts(it) {
      facts = it;
      all = undefined;
    },
    findingsOf: (uri) => (all ??= conclude([...reports.values()], facts)).get(uri) ?? [],
    report: (uri) => reports.get(uri),
    uris: () => reports.keys(),
  };
}
