import { conclude, type Edit, type FileReport, type Finding, inspect, readManifests } from "@registry-cache/core";
import {
  createReader,
  findTracked,
  listSources,
  type Problem,
  relativePath,
  type Source,
  stdinUri,
} from "@registry-cache/files";
import { type PreviousIndex, readPrevious } from "./previous.ts";
import type { WorkspaceRequest } from "./request.ts";

/** What a run knows of its files. Their texts are not kept: who needs one reads it again. */
export interface Workspace {
  readonly sources: readonly Source[];
  readonly problems: Problem[];
  /** How many files could be read. */
  fileCount: number;
  /** What is known of each file that holds something of ours, in the order of the files. */
  readonly known: Map<string, KnownFile>;
  readonly previous: PreviousIndex;
  /** Reads a file's text as it was inspected; undefined, and a problem told, when it is not that any more. */
  readText(uri: string): string | undefined;
  /** Reads a file's text as it is now, and takes it as inspected from now on. */
  readAgain(uri: string): string | undefined;
}

/** A file with something of ours in it. */
export interface KnownFile {
  readonly source: Source;
  version: string;
  /** Whether its text is exactly its bytes; one that is not must not be written. */
  exact: boolean;
  report: FileReport;
  /** The edits of its fixes, one list for each round. */
  rounds: readonly (readonly Edit[])[];
}

/** Reads and inspects all files. `onProgress` hears of each. */
export function openWorkspace(
  request: WorkspaceRequest,
  onProgress?: (done: number, total: number) => void,
): Workspace {
  const { sources, problems: listed } = listSources(request.names, { recursive: request.recursive });
  const problems = [...listed];
  const previous = readPrevious(request, (it) => addProblem(problems, it));
  const known = new Map<string, KnownFile>();
  const reader = createReader();
  const workspace: Workspace = {
    sources,
    problems,
    fileCount: 0,
    known,
    previous,
    readText: (uri) => {
      const file = known.get(uri);
      const reading = file && reader.read(file.source);
      if (reading?.kind === "text" && reading.version === file?.version) return reading.text;
      addProblem(problems, {
        file: uri,
        message: reading?.kind === "problem" ? reading.message : "changed while it was checked, run again",
      });
      return undefined;
    },
    readAgain: (uri) => {
      const file = known.get(uri);
      const reading = file && reader.read(file.source);
      if (file === undefined || reading?.kind !== "text") return undefined;
      file.version = reading.version;
      file.exact = reading.exact;
      return reading.text;
    },
  };
  sources.forEach((source, index) => {
    onProgress?.(index, sources.length);
    const reading = reader.read(source);
    if (reading.kind === "problem") addProblem(problems, { file: source.uri, message: reading.message });
    else workspace.fileCount += 1;
    if (reading.kind !== "text") return;
    const report = inspectText(source, reading.text, previous);
    if (holdsAnything(report))
      known.set(source.uri, { source, version: reading.version, exact: reading.exact, report, rounds: [] });
  });
  return workspace;
}

/** Inspects a text as the content of a source. */
export function inspectText(source: Source, text: string, previous: PreviousIndex): FileReport {
  return inspect(readManifests(source.uri, text), previous(relativePath(source)));
}

/** The findings of all files that have some, in the order of the files. */
export function concludeAll({ known }: Workspace): ReadonlyMap<string, readonly Finding[]> {
  const reports = [...known.values()].map((it) => it.report);
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

function holdsAnything({ findings, shoots, secrets }: FileReport): boolean {
  return findings.length > 0 || shoots.length > 0 || secrets.length > 0;
}

function addProblem(problems: Problem[], problem: Problem): void {
  if (!problems.some((it) => it.file === problem.file && it.message === problem.message)) problems.push(problem);
}
