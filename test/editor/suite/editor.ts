import { equal } from "node:assert/strict";
import {
  commands,
  type Diagnostic,
  EndOfLine,
  extensions,
  languages,
  type Position,
  Range,
  type TextDocument,
  type TextEditor,
  Uri,
  window,
  workspace,
} from "vscode";
import type { ExtensionApi } from "../../../extension/src/activate.ts";

/** What the extension gives out, once it is active. */
export async function extension(): Promise<ExtensionApi> {
  const found = extensions.getExtension<ExtensionApi>("registry-cache-tools.registry-cache");
  if (!found) throw new Error("the extension is not installed");
  return await found.activate();
}

/** The address of a file of the workspace. */
export function file(path: string): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  if (!folder) throw new Error("no folder is open");
  return Uri.joinPath(folder.uri, path);
}

/** A path as the fixtures know it. */
export function pathOf(uri: Uri): string {
  return workspace.asRelativePath(uri, false);
}

/** Opens a file of the workspace in an editor. */
export async function open(path: string): Promise<TextEditor> {
  return await window.showTextDocument(await workspace.openTextDocument(file(path)));
}

/** The place of a text, which the document has once: its range, and where it starts. */
export function find(document: TextDocument, text: string): Range {
  const offset = document.getText().indexOf(text);
  if (offset < 0) throw new Error(`the document has no "${text}"`);
  return new Range(document.positionAt(offset), document.positionAt(offset + text.length));
}

/** A position within a text: after its first `length` characters. */
export function within(document: TextDocument, text: string, length = 1): Position {
  return document.positionAt(document.offsetAt(find(document, text).start) + length);
}

/** The text of a range and its line, counted from one. */
export function shown(document: TextDocument, range: Range): string {
  return `${range.start.line + 1}: ${document.getText(range)}`;
}

/** Our findings of a file, once there are as many as `isEnough` says. */
export function findings(
  uri: Uri,
  isEnough: (found: readonly Diagnostic[]) => boolean,
): Promise<readonly Diagnostic[]> {
  return until(
    () => {
      const found = languages.getDiagnostics(uri).filter((it) => it.source === "registry-cache");
      return isEnough(found) ? found : undefined;
    },
    `findings of ${pathOf(uri)}`,
  );
}

/** Waits for a value. */
export async function until<T>(read: () => T | undefined | Promise<T | undefined>, what: string): Promise<T> {
  const deadline = performance.now() + 20_000;
  while (performance.now() < deadline) {
    const value = await read();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Puts a document's text back to what its file says. */
export async function revert(editor: TextEditor): Promise<void> {
  await window.showTextDocument(editor.document);
  await commands.executeCommand("workbench.action.files.revert");
  equal(editor.document.isDirty, false);
  equal(editor.document.eol, EndOfLine.LF);
}

/** Types a text in place of a range, as one change. */
export async function replace(editor: TextEditor, range: Range, text: string): Promise<void> {
  equal(await editor.edit((edit) => edit.replace(range, text)), true);
}
