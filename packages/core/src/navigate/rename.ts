import type { Workspace } from "../analyze/open-workspace.ts";
import type { ManifestFile } from "../manifest/manifest.ts";
import type { Edit } from "../text/edit.ts";
import { fail, type Result, succeed } from "../text/result.ts";
import type { Span } from "../text/span.ts";
import type { FileEdits } from "../workspace/finding.ts";
import type { WrittenName } from "../workspace/written-name.ts";
import { quoteScalar } from "../yaml/quote-scalar.ts";
import { type EntryUse, type NameUse, namesAt, textSpan, usesOfEntry } from "./names.ts";
import { renameProblem } from "./rename-problem.ts";
import { type SecretPlace, secretPlaces } from "./secret-uses.ts";

/** The name at a place that can be renamed, without its quotes; undefined where there is none. */
export function renameAt(
  file: ManifestFile,
  offset: number,
): { readonly span: Span; readonly name: string } | undefined {
  const use = renamedAt(file, offset);
  return use && { span: textSpan(file.text, use.name), name: use.name.name };
}

/**
 * Renames the entry or the Secret whose name stands at a place, wherever it is named, or says in one line why it cannot.
 * An entry is renamed within its Shoot. Texts of other extensions are never changed: where one is equal to the entry's name,
 * nothing is.
 */
export function rename(
  file: ManifestFile,
  offset: number,
  newName: string,
  workspace: Workspace,
): Result<readonly FileEdits[], string> {
  const use = renamedAt(file, offset);
  if (use === undefined) return fail("there is no name of an entry or a Secret here");
  const { name } = use.name;
  if (newName === name) return succeed([]);
  const places = use.of === "entry" ? entryPlaces(file, use) : secretPlaces(file, { ...use, name }, workspace);
  const problem = renameProblem({ file, use, newName, places, workspace });
  return problem === undefined ? succeed(editsByFile(places, newName)) : fail(problem);
}

function renamedAt(file: ManifestFile, offset: number): NameUse | undefined {
  return namesAt(file, offset).find((it) => it.as !== "foreign");
}

function entryPlaces(file: ManifestFile, use: EntryUse): readonly SecretPlace[] {
  const { namespace } = use.shoot;
  return usesOfEntry(file, use).map(({ name }) => ({ uri: file.uri, name, namespace: namespace?.value }));
}

function editsByFile(places: readonly SecretPlace[], newName: string): readonly FileEdits[] {
  const byFile = new Map<string, WrittenName[]>();
  for (const { uri, name } of places) {
    const names = byFile.get(uri) ?? [];
    byFile.set(uri, names);
    names.push(name);
  }
  return [...byFile].map(([uri, names]) => ({ uri, edits: editsOf(names, newName) }));
}

/**
 * Writes the new name once for each text. Aliases of a text that is renamed follow it; those that mean something else get the
 * old name written out. Where only an alias is a name of this kind, the alias gives way to the new name.
 */
function editsOf(names: readonly WrittenName[], newName: string): readonly Edit[] {
  const edits = new Map<number, Edit>();
  const renamed = new Set(names.filter((it) => it.alias === undefined).map((it) => it.span.start));
  const meant = new Set(names.flatMap((it) => (it.alias === undefined ? [] : [it.alias.start])));
  const write = (span: Span, text: string): Map<number, Edit> => edits.set(span.start, { span, text });
  for (const { name, span, style, alias, aliases = [] } of names) {
    if (renamed.has(span.start)) write(span, quoteScalar(newName, style));
    else write(alias ?? span, quoteScalar(newName));
    const others = renamed.has(span.start) ? aliases.filter((it) => !meant.has(it.start)) : [];
    for (const other of others) write(other, quoteScalar(name));
  }
  return [...edits.values()].sort((a, b) => a.span.start - b.span.start);
}
