import { commands, type Disposable, Range, Selection, TextEditorRevealType, Uri, window, workspace } from "vscode";
import type { Position as WirePosition, Range as WireRange } from "vscode-languageclient";

/** Where `registryCache.openAt` puts the cursor: a position, or a range to be shown. */
export interface OpenAtTarget {
  readonly uri: string;
  readonly position?: WirePosition;
  readonly range?: WireRange;
}

/** Opens a file, which may be new and unsaved, and puts the cursor at its place. */
export async function openAt({ uri, position, range }: OpenAtTarget): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const editor = await window.showTextDocument(document);
  const start = position ?? range?.start ?? { line: 0, character: 0 };
  const end = range?.end ?? start;
  const shown = new Range(start.line, start.character, end.line, end.character);
  editor.selection = new Selection(shown.start, position ? shown.start : shown.end);
  editor.revealRange(shown, TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Makes `registryCache.openAt` known: the server names it after an action, the tree and the graph on a click. */
export function registerOpenAt(): Disposable {
  return commands.registerCommand("registryCache.openAt", openAt);
}
