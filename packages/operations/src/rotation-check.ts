import { applyFileChange, type FileChange, type FileTexts, type Finding } from "@registry-cache/core";
import { concludeAll } from "./conclude-all.ts";
import { inspectText, type KnownFile, type Workspace } from "./workspace.ts";

/** The findings that a change would bring, as the files would be after it. */
export function findingsBrought(workspace: Workspace, texts: FileTexts, change: FileChange): readonly Finding[] {
  const before = [...concludeAll(workspace).values()].flat();
  const known = new Map(workspace.known);
  for (const uri of change.deletes) known.delete(uri);
  const touched = new Set([...change.creates, ...change.edits].map((it) => it.uri));
  for (const [uri, text] of Object.entries(applyFileChange(texts, change))) {
    if (touched.has(uri)) known.set(uri, inspectAs(workspace, uri, text));
  }
  const after = [...concludeAll({ ...workspace, known, matched: new Set() }).values()].flat();
  return withoutEarlier(after, before);
}

function inspectAs(workspace: Workspace, uri: string, text: string): KnownFile {
  const index = workspace.sources.findIndex((it) => it.uri === uri);
  const source = workspace.sources[index] ?? { uri, named: true, base: 0 };
  const report = inspectText(workspace, source, text);
  return { source, index: index < 0 ? workspace.sources.length : index, version: "", exact: true, report, rounds: [] };
}

/** What is found in a file more often than before. Places move, so codes are counted. */
function withoutEarlier(after: readonly Finding[], before: readonly Finding[]): readonly Finding[] {
  const left = new Map<string, number>();
  for (const { uri, code } of before) left.set(`${uri}\0${code}`, (left.get(`${uri}\0${code}`) ?? 0) + 1);
  return after.filter(({ uri, code }) => {
    const known = left.get(`${uri}\0${code}`) ?? 0;
    left.set(`${uri}\0${code}`, known - 1);
    return known <= 0;
  });
}
