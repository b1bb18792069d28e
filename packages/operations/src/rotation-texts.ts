import {
  type FileReport,
  isLaterVersion,
  type Kustomization,
  type ManifestFile,
  readManifests,
} from "@registry-cache/core";
import { kustomizationsAbove, type Source } from "@registry-cache/files";
import type { Workspace } from "./workspace.ts";

/** The files that a rotation is about, with what writing them asks for. */
export interface RotationTexts {
  readonly files: readonly ManifestFile[];
  readonly kustomizations: readonly Kustomization[];
  /** The versions of all texts, by file. */
  readonly versions: ReadonlyMap<string, string>;
}

interface Reader {
  readonly workspace: Workspace;
  readonly files: Map<string, ManifestFile>;
  readonly versions: Map<string, string>;
}

/**
 * Reads again every file that has the Secret's name in it in any way, or another version of it, and the kustomizations
 * above it. The first look keeps no texts; and it passes over files without a Shoot or a Secret, which may name one, too.
 */
export function readRotationTexts(workspace: Workspace, name: string): RotationTexts {
  const reader: Reader = { workspace, files: new Map(), versions: new Map() };
  for (const source of workspace.sources) {
    const report = workspace.known.get(source.uri)?.report;
    readFile(reader, source, (text) => mayName(text, name) || (report !== undefined && hasVersion(report, name)));
  }
  const files = [...reader.files.values()];
  return { files, kustomizations: readKustomizations(reader, name), versions: reader.versions };
}

function readFile(reader: Reader, source: Source, concerns: (text: string) => boolean): ManifestFile | undefined {
  const { workspace, files, versions } = reader;
  const known = files.get(source.uri);
  if (known !== undefined) return known;
  const reading = workspace.reader.read({ ...source, named: true });
  if (reading.kind === "problem") workspace.problems.add(source.uri, reading.message);
  if (reading.kind !== "text" || !concerns(reading.text)) return undefined;
  const judged = workspace.known.get(source.uri);
  if (judged !== undefined && judged.version !== reading.version) {
    workspace.problems.add(source.uri, "changed while it was checked, run again");
    return undefined;
  }
  // A rule says so of a Shoot or a Secret, which stops the plan.
  if (!reading.exact && judged === undefined) workspace.problems.add(source.uri, "is not all UTF-8, save it as UTF-8");
  const file = readManifests(source.uri, reading.text);
  files.set(source.uri, file);
  versions.set(source.uri, reading.version);
  return file;
}

/** With a backslash a name may be spelt otherwise. */
function mayName(text: string, name: string): boolean {
  return text.includes(name) || text.includes("\\");
}

function hasVersion({ secrets, shoots }: FileReport, name: string): boolean {
  const targets = shoots.flatMap((it) => it.references.flatMap(({ target }) => target?.name ?? []));
  return [...secrets.map((it) => it.name), ...targets].some(
    (it) => isLaterVersion(name, it) || isLaterVersion(it, name),
  );
}

function readKustomizations(reader: Reader, name: string): readonly Kustomization[] {
  const secrets = [...reader.workspace.known.values()].flatMap(({ report }) => report.secrets);
  const versions = secrets.filter((it) => it.name === name || isLaterVersion(name, it.name));
  const holders = new Set(versions.map((it) => it.uri));
  return [...holders].flatMap((listed) =>
    kustomizationsAbove(listed).flatMap(({ uri, path }) => {
      const file = readFile(reader, { uri, named: true, base: 0 }, () => true);
      return file === undefined ? [] : [{ file, listed, path }];
    }),
  );
}
