import { conclude, type Edit, type FileReport, type Finding, inspect, readManifests } from "@registry-cache/core";
import {
  createReader,
  findTracked,
  listSources,
  type Problem,
  relativePath,
  type Source,
  type SourceReader,
  stdinUri,
} from "@registry-cache/files";
import { type PreviousIndex, readPrevious } from "./previous.ts";
import type { WorkspaceRequest } from "./request.ts";

/** What a run knows of its files. Their texts are not kept: who needs one reads it again. */
export interface Workspace {
  readonly sources: readonly Source[];
  readonly reader: SourceReader;
  readonly problems: ProblemList;
  /** How many files could be read. */
  fileCount: number;
  /** What is known of each file that matters to any other, or to the user. */
  readonly known: Map<string, KnownFile>;
  readonly previous: PreviousIndex;
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
  const { sources, problems: listed } = listSources(request.names, { recursive: request.recursive });
  const report = ({ file, message }: Problem): void => problems.add(file, message);
  for (const problem of listed) report(problem);
  const previous = readPrevious(request, { report, onProgress });
  return { sources, reader: createReader(), problems, fileCount: 0, known: new Map(), previous };
}

/** Inspects a text as the content of a source. */
export function inspectText(source: Source, text: string, previous: PreviousIndex): FileReport {
  return inspect(readManifests(source.uri, text), previous(relativePath(source)));
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

/** The findings of all files that have some, in the order of the files. */
export function concludeAll({ known }: Workspace): ReadonlyMap<string, readonly Finding[]> {
  const reports = [...known.values()].sort((a, b) => a.index - b.index).map((it) => it.report);
  const all = conclude(reports, { committed: findCommitted(reports) });
  return new Map([...all].filter(([, findings]) => findings.length > 0));
}

/** Git is asked only about files where its answer makes a difference. */
function findCommitted(reports: readonly FileReport[]): ReadonlySet<string> {
  const asking = reports.filter(({ uri, secrets }) => {
    const findings = secrets.flatMap((it) => Object.values(it.findings).flat());
    return uri !== stdinUri && findings.some((it) => it.ifCommitted);
  });
  return asking.length === 0 ? new Set() : findTracked(asking.map((it) => it.uri));
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
