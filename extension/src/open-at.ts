import {
  commands,
  type Disposable,
  Position,
  Range,
  Selection,
  type TextDocument,
  TextEditorRevealType,
  Uri,
  ViewColumn,
  window,
  workspace,
} from "vscode";
import type { Command, Position as WirePosition, Range as WireRange } from "vscode-languageclient";

/** Where `registryCache.openAt` puts the cursor: a position, an offset in UTF-16 code units, or a range to be selected. */
export interface OpenAtTarget {
  readonly uri: string;
  readonly position?: WirePosition;
  readonly offset?: number;
  readonly range?: WireRange;
}

/** Opens a file, which may be new and unsaved, and puts the cursor at its place. */
export async function openAt(target: OpenAtTarget): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(target.uri));
  const editor = await window.showTextDocument(document, { viewColumn: columnOfText() });
  const shown = rangeOf(target, document);
  editor.selection = new Selection(shown.start, shown.end);
  editor.revealRange(shown, TextEditorRevealType.InCenterIfOutsideViewport);
}

function rangeOf({ position, offset, range }: OpenAtTarget, document: TextDocument): Range {
  if (range) return new Range(range.start.line, range.start.character, range.end.line, range.end.character);
  const at = position ? new Position(position.line, position.character) : document.positionAt(offset ?? 0);
  return new Range(at, at);
}

/** Beside the graph rather than over it. */
function columnOfText(): ViewColumn {
  return window.visibleTextEditors[0]?.viewColumn ?? ViewColumn.Active;
}

/** So long, in milliseconds, a created file waits for the command that is to open it. */
const patience = 1500;

/**
 * The command `registryCache.openAt`: the server names it after an action, the tree gives it on a click. Without a target it opens
 * what was kept: VS Code forgets the arguments of an action's command while a person looks at the preview. In VS Code 1.99 the
 * whole command was seen to be missing on a busy machine, so a file that was kept and is created is opened in any case.
 */
export class OpenAtCommand implements Disposable {
  readonly #registrations = [
    commands.registerCommand("registryCache.openAt", (target?: OpenAtTarget) => this.#open(target)),
    workspace.onDidCreateFiles(({ files }) => {
      if (files.some((it) => this.#isKept(it))) setTimeout(() => void this.#open(), patience);
    }),
  ];
  #kept: OpenAtTarget | undefined;

  /** Keeps the target of an action's command, and gives the command without it. */
  keep<C extends Command>(command: C): C {
    if (command.command !== "registryCache.openAt") return command;
    this.#kept = command.arguments?.[0];
    return { ...command, arguments: [] };
  }

  dispose(): void {
    for (const it of this.#registrations) it.dispose();
  }

  #isKept(file: Uri): boolean {
    return this.#kept !== undefined && Uri.parse(this.#kept.uri).toString() === file.toString();
  }

  async #open(target = this.#kept): Promise<void> {
    if (target === this.#kept) this.#kept = undefined;
    if (target) await openAt(target);
  }
}
