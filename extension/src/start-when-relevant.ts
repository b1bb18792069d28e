import { Disposable, type TextDocument, type TextDocumentChangeEvent, workspace } from "vscode";
import { looksRelevant } from "./relevant.ts";

/**
 * Calls `start` once, as soon as a document of interest is open or written. Until then only the touched lines are read. Activation
 * has returned by then: nobody waits for a look at the open texts, the client's library or the server's process.
 */
export function startWhenRelevant(start: () => void): Disposable {
  let listeners: Disposable | undefined;
  const timer = setTimeout(() => {
    if (workspace.textDocuments.some(isRelevant)) start();
    else listeners = listen(start);
  });
  return new Disposable(() => {
    clearTimeout(timer);
    listeners?.dispose();
  });
}

function listen(start: () => void): Disposable {
  const begin = () => {
    listeners.dispose();
    start();
  };
  const listeners = Disposable.from(
    workspace.onDidOpenTextDocument((document) => {
      if (isRelevant(document)) begin();
    }),
    workspace.onDidChangeTextDocument((event) => {
      if (event.document.languageId === "yaml" && touchesRelevant(event)) begin();
    }),
  );
  return listeners;
}

function isRelevant(document: TextDocument): boolean {
  return document.languageId === "yaml" && looksRelevant(document.getText(), document.uri.path);
}

function touchesRelevant({ document, contentChanges }: TextDocumentChangeEvent): boolean {
  return contentChanges.some(({ range, text }) => {
    const line = document.lineAt(Math.min(range.start.line, document.lineCount - 1));
    return looksRelevant(`${line.text}\n${text}`, document.uri.path);
  });
}
