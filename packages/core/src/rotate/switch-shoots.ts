import type { Edit } from "../text/edit.ts";
import { fail, type Result, succeed } from "../text/result.ts";
import type { FileEdits } from "../workspace/finding.ts";
import type { ChainEntry } from "./chain.ts";
import type { Blocker, RotationStep } from "./rotation.ts";
import { switchEntries } from "./switch-entries.ts";

/** The edits that make entries of any Shoots name another Secret, for each document; or why some cannot be made. */
export function switchAll(
  entries: readonly ChainEntry[],
  name: string,
): Result<readonly FileEdits[], readonly Blocker[]> {
  const edits: FileEdits[] = [];
  const blockers: Blocker[] = [];
  for (const document of new Set(entries.map((it) => it.document))) {
    const own = entries.filter((it) => it.document === document);
    const switched = switchEntries(document, own, name);
    if (switched.ok) edits.push({ uri: document.uri, edits: switched.value });
    else blockers.push(...switched.error);
  }
  return blockers.length > 0 ? fail(blockers) : succeed(edits);
}

/** The steps that tell of these edits, one for each Shoot. */
export function switchSteps(entries: readonly ChainEntry[], to: string): readonly RotationStep[] {
  return [...new Set(entries.map((it) => it.shoot))].map((shoot) => ({
    do: "switch-shoot",
    shoot: { name: shoot.name?.value, namespace: shoot.namespace?.value },
    entries: entries
      .filter((it) => it.shoot === shoot)
      .map(({ entry, uses }) => ({
        index: entry.index,
        name: entry.name?.value,
        from: entry.target?.value ?? "",
        to,
        uses: uses.map(({ purpose, upstream, field }) => ({ purpose, upstream, field })),
      })),
    uri: shoot.uri,
  }));
}

/** One list of edits for each file. */
export function joinEdits(edits: readonly FileEdits[]): readonly FileEdits[] {
  const byFile = new Map<string, readonly Edit[]>();
  for (const it of edits) byFile.set(it.uri, [...(byFile.get(it.uri) ?? []), ...it.edits]);
  return [...byFile].map(([uri, of]) => ({ uri, edits: of }));
}
