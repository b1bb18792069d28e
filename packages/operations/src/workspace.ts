import {
  type ClusterFacts,
  type Edit,
  type FileReport,
  inspectFindings,
  inspectSettings,
  type PreparedSchema,
  readManifests,
  readSettings,
} from "@registry-cache/core";
import {
  createReader,
  findSettings,
  isSettingsFile,
  listSources,
  type Problem,
  relativePath,
  type Source,
  type SourceReader,
} from "@registry-cache/files";
import { type Baseline, readBaseline } from "./baseline.ts";
import type { IgnoredCounts } from "./conclude-all.ts";
import { type PreviousIndex, readPrevious } from "./previous.ts";
import type { WorkspaceRequest } from "./request.ts";
import type { Selection } from "./selection.ts";
import { type FileSettings, openSettings } from "./settings.ts";

/** What a run knows of its files. Their texts are not kept: who needs one reads it again. */
export interface Workspace {
  readonly sources: readonly Source[];
  readonly reader: SourceReader;
  readonly problems: ProblemList;
  /** How many files could be read. */
  fileCount: number;
  /** What is known of each file that matters to any other, or to the user. */
  readonly known: Map<string, KnownFile>;
  previous: PreviousIndex;
  /** What is known of the garden, where one takes part. */
  cluster: ClusterFacts | undefined;
  readonly settingsOf: (uri: string) => FileSettings | undefined;
  readonly selection: Selection;
  /** What Shoots are checked against, where it is not our own schema. */
  readonly shootSchema: PreparedSchema | undefined;
  /** The findings that are known; undefined without a baseline. */
  baseline: Baseline | undefined;
  knownFingerprints: ReadonlySet<string>;
  /** The known findings that were met when all was judged last. */
  readonly matched: Set<string>;
  /** What was kept back when all was judged last. */
  ignored: IgnoredCounts;
}

/** A file with something of ours in it. */
export interface KnownFile {
  readonly source: Source;
  /** Its place among the sources. */
  readonly index: number;
  version: string;
  /** Whether its text is exactly its bytes; one that is not must not be written. */
  exact: boolean;
  report: FileReport;
  /** The edits of its fixes, one list for each round. */
  rounds: readonly (readonly Edit[])[];
}

/** Problems in the order in which they were met, each once. */
export interface ProblemList {
  readonly list: readonly Problem[];
  readonly add: (file: string, message: string) => void;
}

/** Finds the files of a run, and reads the versions that it compares them with; `onProgress` hears of these. */
export function openWorkspace(request: WorkspaceRequest, onProgress?: (done: number) => void): Workspace {
  const problems = createProblemList();
  const listing = listSources(request.names, { recursive: request.recursive });
  const report = ({ file, message }: Problem): void => problems.add(file, message);
  for (const problem of listing.problems) report(problem);
  const previous = readPrevious(request, { report, onProgress });
  const reader = createReader();
  const { sources, nearest } = findSettings(listing.sources);
  const settingsOf = openSettings(nearest, reader);
  const workspace: Workspace = { ...emptyWorkspace(sources, reader, request), problems, previous, settingsOf };
  if (request.baseline !== undefined) openBaseline(workspace, request.baseline, request.updateBaseline === true);
  return workspace;
}

/** A workspace of sources that are given. */
export function emptyWorkspace(
  sources: readonly Source[],
  reader: SourceReader,
  selection: Pick<WorkspaceRequest, "select" | "ignore" | "shootSchema">,
): Workspace {
  return {
    sources,
    reader,
    problems: createProblemList(),
    fileCount: 0,
    known: new Map(),
    previous: () => () => undefined,
    cluster: undefined,
    settingsOf: () => undefined,
    selection,
    shootSchema: selection.shootSchema,
    baseline: undefined,
    knownFingerprints: new Set(),
    matched: new Set(),
    ignored: { comments: 0, settings: 0, baseline: 0 },
  };
}

/** Takes the findings of a baseline as known. While one is written anew nothing is known. */
function openBaseline(workspace: Workspace, path: string, update: boolean): void {
  const baseline = readBaseline(path, update);
  if (typeof baseline === "string") workspace.problems.add(path, baseline);
  else {
    workspace.baseline = baseline;
    if (!update) workspace.knownFingerprints = new Set(baseline.entries.map((it) => it.fingerprint));
  }
}

/** Inspects a text as the content of a source. */
export function inspectText(
  { previous, settingsOf, shootSchema }: Workspace,
  source: Source,
  text: string,
): FileReport {
  if (isSettingsFile(source.uri)) return inspectSettings(readSettings(source.uri, text));
  const policies = settingsOf(source.uri)?.settings.policies;
  return inspectFindings(readManifests(source.uri, text, { shootSchema }), previous(relativePath(source)), policies);
}

/** Reads a file's text as it was inspected; undefined, and a problem told, when it is not that any more. */
export function readText({ known, reader, problems }: Workspace, uri: string): string | undefined {
  const file = known.get(uri);
  const reading = file && reader.read(file.source);
  if (reading?.kind === "text" && reading.version === file?.version) return reading.text;
  problems.add(uri, reading?.kind === "problem" ? reading.message : "changed while it was checked, run again");
  return undefined;
}

/** Reads a file's text as it is now, and takes it as inspected from now on. */
export function readAgain({ known, reader }: Workspace, uri: string): string | undefined {
  const file = known.get(uri);
  const reading = file && reader.read(file.source);
  if (file === undefined || reading?.kind !== "text") return undefined;
  file.version = reading.version;
  file.exact = reading.exact;
  return reading.text;
}

function createProblemList(): ProblemList {
  const list: Problem[] = [];
  const told = new Set<string>();
  return {
    list,
    add: (file, message) => {
      const key = `${file}\0${message}`;
      if (!told.has(key)) list.push({ file, message });
      told.add(key);
    },
  };
}
