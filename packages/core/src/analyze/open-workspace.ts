import type { Finding } from "../workspace/finding.ts";
import type { Garden } from "../workspace/garden.ts";
import { isIgnored } from "../workspace/ignore.ts";
import type { Facts, Reference } from "../workspace/workspace.ts";
import { affectedSecrets, affectedShoots, type Change } from "./affected.ts";
import { inOrder } from "./in-order.ts";
import type { FileReport } from "./inspect.ts";
import type { Inspection } from "./inspect-again.ts";
import { createJudge, type Judge } from "./judge.ts";
import { judgeEdit, judgeParts, type PartFindings } from "./judge-edit.ts";

/** The workspace of an editor: one report for each file, judged together and kept up to date file by file. */
export interface Workspace {
  /** Takes a file's report in place of the one before. Gives the files whose findings may have changed, the file itself first. */
  set(report: FileReport): readonly string[];
  /** Forgets a file. Gives the files whose findings may have changed, the file itself first. */
  delete(uri: string): readonly string[];
  /**
   * Takes a file as its editor changes it: what is found in it is known at once. What an edit within one document means for other
   * files is worked out when somebody asks for anything else, at the latest by `settle`. Gives the files whose findings may have
   * changed so far.
   */
  edit(inspection: Inspection): readonly string[];
  /** Works out what edits mean for other files. Gives those whose findings may have changed since it was last asked. */
  settle(): readonly string[];
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
  const state: State = { judge, latest: undefined, unsaid: new Set() };
  return {
    get garden() {
      return settled(state).garden;
    },
    set: (report) => replace(state, report.uri, report),
    delete: (uri) => replace(state, uri, undefined),
    edit: (inspection) => edit(state, inspection),
    settle() {
      settled(state);
      const uris = [...state.unsaid];
      state.unsaid.clear();
      return uris;
    },
    setFacts(next) {
      settled(state).setFacts(next);
      state.latest = undefined;
    },
    findingsOf: (uri) => findingsOf(state, uri),
    report: (uri) => settled(state).files.get(uri)?.report,
    uris: () => judge.files.keys(),
  };
}

interface State {
  readonly judge: Judge;
  /** The file that was edited last. */
  latest: EditedFile | undefined;
  /** The files whose findings may have changed, and nobody was told. */
  readonly unsaid: Set<string>;
}

/** What is found in a file while it is edited. */
interface EditedFile {
  readonly inspection: Inspection;
  /** Its findings, unless they are those that the judge has. */
  readonly findings: PartFindings | undefined;
  /** Whether the judge knows it as it is. */
  settled: boolean;
}

function edit(state: State, inspection: Inspection): readonly string[] {
  const { judge, latest } = state;
  const { uri } = inspection;
  const follows = latest?.inspection.uri === uri && latest.inspection.parts === inspection.edited?.before;
  const findings = follows
    ? judgeEdit(judge, latest.findings ?? judgeParts(judge, latest.inspection), inspection)
    : undefined;
  if (findings !== undefined) {
    state.latest = { inspection, findings, settled: false };
    return [uri];
  }
  if (latest?.inspection.uri !== uri) settled(state);
  const changed = change(judge, uri, inspection.report());
  state.latest = { inspection, findings: undefined, settled: true };
  return changed;
}

function replace(state: State, uri: string, report: FileReport | undefined): readonly string[] {
  const changed = change(settled(state), uri, report);
  const own = state.latest?.inspection.uri;
  if (own !== undefined && changed.includes(own)) state.latest = undefined;
  return changed;
}

/** The judge, told of all edits. */
function settled({ judge, latest, unsaid }: State): Judge {
  if (latest !== undefined && !latest.settled) {
    const { uri, report } = latest.inspection;
    for (const it of change(judge, uri, report())) unsaid.add(it);
    latest.settled = true;
  }
  return judge;
}

function findingsOf(state: State, uri: string): readonly Finding[] {
  const { latest } = state;
  if (latest?.inspection.uri === uri && latest.findings !== undefined) return inOrder(latest.findings.flat());
  const judge = settled(state);
  const ignores = judge.files.get(uri)?.report.ignores ?? [];
  const findings = judge.findingsOf(uri);
  return ignores.length === 0 ? findings : findings.filter((it) => !isIgnored(ignores, it));
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
