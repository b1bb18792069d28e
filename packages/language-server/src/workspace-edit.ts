import type { FileEdits } from "@registry-cache/core";
import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver-protocol";
import type { Client } from "./client.ts";
import type { KnownFiles } from "./known-files.ts";
import { toClientUri, toTextEdits } from "./to-lsp.ts";

/**
 * Edits of files as the client takes them: with the versions that they are for where it can check them. Undefined where a
 * place is not known.
 */
export function toWorkspaceEdit(
  files: KnownFiles,
  client: Client,
  edits: readonly FileEdits[],
): WorkspaceEdit | undefined {
  const changes: { [uri: string]: TextEdit[] } = {};
  const documentChanges: TextDocumentEdit[] = [];
  for (const { uri, edits: of } of edits) {
    const converted = toTextEdits(files, uri, of);
    if (converted === undefined) return undefined;
    const clientUri = toClientUri(files, uri);
    const version = files.open.get(uri)?.version ?? null;
    changes[clientUri] = [...(changes[clientUri] ?? []), ...converted];
    documentChanges.push({ textDocument: { uri: clientUri, version }, edits: converted });
  }
  return client.versionedEdits ? { documentChanges } : { changes };
}
