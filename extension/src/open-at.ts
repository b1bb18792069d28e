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
import type { CodeAction, Position as WirePosition, Range as WireRange } from "vscode-languageclient";

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

const name = "registryCache.openAt";

/**
 * The command `registryCache.openAt`: the tree gives it a place on a click. An action of the server that creates a file names it,
 * too, but VS Code keeps neither the command nor its arguments where the list of actions is released before the action has been
 * resolved and applied, as it is on a busy machine or after a preview. So every action carries the bare command from the beginning,
 * and opens the file that was created since.
 */
export class OpenAtCommand implements Disposable {
  readonly #registrations = [
    commands.registerCommand(name, (target?: OpenAtTarget) => this.#open(target)),
    workspace.onDidCreateFiles(({ files }) => this.#note(files)),
  ];
  /** What the action that was worked out last opens when its file is there. */
  #kept: OpenAtTarget | undefined;
  #created: OpenAtTarget | undefined;

  /** Gives the command to an action that is worked out when it is chosen. */
  offer<A extends CodeAction>(action: A): A {
    const isWorkedOutLater = action.data !== undefined && !action.edit && !action.command;
    return isWorkedOutLater ? { ...action, command: { title: action.title, command: name } } : action;
  }

  /** Keeps the target of an action that was worked out, and gives the action with the bare command. */
  keep<A extends CodeAction>(action: A): A {
    const { command } = action;
    const isOurs = command?.command === name;
    this.#kept = isOurs ? command.arguments?.[0] : undefined;
    this.#created = undefined;
    return isOurs ? { ...action, command: { title: command.title, command: name } } : action;
  }

  dispose(): void {
    for (const it of this.#registrations) it.dispose();
  }

  #note(created: readonly Uri[]): void {
    const file = this.#kept && Uri.parse(this.#kept.uri).toString();
    if (created.some((it) => it.toString() === file)) this.#created = this.#kept;
  }

  async #open(target = this.#created): Promise<void> {
    if (target === this.#created) this.#created = undefined;
    if (target) await openAt(target);
  }
}
