import { applyEdits, conflict, type Edit, type Finding } from "@registry-cache/core";
import type { KnownFiles, OpenDocument } from "./known-files.ts";

/** A fix may make room for another; no text needs as many rounds as this. */
const maxRounds = 10;

/**
 * The edits that apply every safe fix of a document, again and again until none is left, as `lint --fix` does. Nothing is
 * changed but by the client, so the document is judged as it is when this is done.
 */
export function fixAll(files: KnownFiles, document: OpenDocument): readonly Edit[] {
  const { uri, buffer } = document;
  const own = files.workspace.report(uri);
  if (own === undefined) return [];
  const rounds: (readonly Edit[])[] = [];
  let text = buffer.text;
  while (rounds.length < maxRounds) {
    const edits = safeEdits(files.findingsOf(uri), uri);
    if (edits.length === 0) break;
    rounds.push(edits);
    text = applyEdits(text, edits);
    files.workspace.set(files.inspectText(uri, text));
  }
  if (rounds.length > 0) files.workspace.set(own);
  return rounds.length > 1 ? difference(buffer.text, text) : (rounds[0] ?? []);
}

/** A fix that changes other files, too, is for a person to choose. */
function safeEdits(findings: readonly Finding[], uri: string): readonly Edit[] {
  const edits: Edit[] = [];
  for (const { fixes } of findings) {
    const fix = fixes.find((it) => it.safe);
    if (fix === undefined || fix.edits.some((it) => it.uri !== uri)) continue;
    const of = fix.edits.flatMap((it) => it.edits);
    if (!conflict(of, edits)) edits.push(...of);
  }
  return edits;
}

/** One edit that replaces what differs between two texts. */
function difference(before: string, after: string): readonly Edit[] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  // Nothing is cut within a character.
  if (/[\ud800-\udbff]/.test(before[start - 1] ?? "")) start -= 1;
  let same = 0;
  while (same < most - start && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  if (/[\udc00-\udfff]/.test(before.at(-same) ?? "")) same -= 1;
  return [{ span: { start, end: before.length - same }, text: after.slice(start, after.length - same) }];
}
