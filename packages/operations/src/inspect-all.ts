import { type Compact, conclude, createCompact, type FileReport } from "@registry-cache/core";
import type { Source } from "@registry-cache/files";
import { inspectText, type KnownFile, type Workspace } from "./workspace.ts";

/** Hears how many of how many files were read. */
export type OnProgress = (done: number, total: number) => void;

/** How to inspect: who hears of progress, and how many reports are kept before some are forgotten. A report takes 1 KB. */
export interface InspectOptions {
  readonly onProgress?: OnProgress | undefined;
  readonly room?: number;
}

/**
 * Reads and inspects all files, and keeps what matters. In a large workspace the Secrets are found first: then a Shoot
 * without findings that refers to none of them can be forgotten at once, and memory does not grow with their number.
 */
export function inspectAll(workspace: Workspace, { onProgress, room: given = 20_000 }: InspectOptions = {}): void {
  const { sources } = workspace;
  const run: Run = { workspace, compact: createCompact(), done: new Set() };
  let room = given;
  for (const [index, source] of sources.entries()) {
    if (run.secrets === undefined && workspace.known.size > room) run.secrets = inspectSecrets(run, index);
    if (run.secrets !== undefined && workspace.known.size > room) {
      forget(workspace, run.secrets);
      room = given + 2 * workspace.known.size;
    }
    onProgress?.(index, sources.length);
    if (!run.done.has(index)) inspectSource(run, source, index);
    if (run.secrets !== undefined && holdsNewSecret(workspace, source, run.secrets)) {
      inspectWithoutForgetting(workspace, onProgress);
      return;
    }
  }
}

interface Run {
  readonly workspace: Workspace;
  readonly compact: Compact;
  /** The places of the sources that were inspected before their turn. */
  readonly done: Set<number>;
  /** The names of all Secrets, once they are known. */
  secrets?: ReadonlySet<string>;
}

function inspectSource({ workspace, compact }: Run, source: Source, index: number): void {
  const { reader, problems, known } = workspace;
  const reading = reader.read(source);
  if (reading.kind === "problem") problems.add(source.uri, reading.message);
  else workspace.fileCount += 1;
  if (reading.kind !== "text") return;
  const { text, version, exact } = reading;
  const report = compact(inspectText(workspace, source, text));
  if (holdsAnything(report)) known.set(source.uri, { source, index, version, exact, report, rounds: [] });
}

function holdsAnything({ findings, shoots, secrets, affixes }: FileReport): boolean {
  return findings.length > 0 || shoots.length > 0 || secrets.length > 0 || affixes.length > 0;
}

/** Inspects the files from a place on that may hold Secrets, and gives the names of all Secrets. */
function inspectSecrets(run: Run, from: number): ReadonlySet<string> {
  const { sources, reader, known } = run.workspace;
  for (let index = from; index < sources.length; index += 1) {
    const source = sources[index];
    const reading = source && reader.read(source);
    if (source === undefined || reading?.kind !== "text" || !mayHoldSecret.test(reading.text)) continue;
    inspectSource(run, source, index);
    run.done.add(index);
  }
  return namesOf([...known.values()]);
}

/** What a Secret or its like has and a Shoot has not. Should it miss one, that is noticed. */
const mayHoldSecret =
  /(?<!meta)data["']?\s*:|^(- )?kind\s*:\s*["']?Secret|Sealed|External|ustomiz|List|^\s*[{[]|secretGenerator/im;

function namesOf(files: readonly KnownFile[]): ReadonlySet<string> {
  return new Set(files.flatMap(({ report }) => report.secrets.map((it) => it.name)));
}

function forget({ known }: Workspace, secrets: ReadonlySet<string>): void {
  const found = conclude([...known.values()].map((it) => it.report));
  for (const [uri, { report }] of known) {
    const refers = report.shoots.some(({ references }) => references.some((it) => secrets.has(it.target?.name ?? "")));
    const matters = report.secrets.length + report.ignores.length + report.affixes.length > 0;
    if (!matters && !refers && found.get(uri)?.length === 0) known.delete(uri);
  }
}

function holdsNewSecret({ known }: Workspace, { uri }: Source, secrets: ReadonlySet<string>): boolean {
  return known.get(uri)?.report.secrets.some((it) => !secrets.has(it.name)) === true;
}

/** Rather more memory than a wrong answer: a Secret turned up after Shoots that may refer to it were forgotten. */
function inspectWithoutForgetting(workspace: Workspace, onProgress: OnProgress | undefined): void {
  const { sources, known } = workspace;
  const run: Run = { workspace, compact: createCompact(), done: new Set() };
  known.clear();
  workspace.fileCount = 0;
  for (const [index, source] of sources.entries()) {
    onProgress?.(index, sources.length);
    inspectSource(run, source, index);
  }
}
