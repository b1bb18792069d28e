import type { FileChange, FileEdits, Span } from "@registry-cache/core";
import type {
  AnnotatedTextEdit,
  CreateFile,
  DeleteFile,
  Range,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver-protocol";
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
    changes[clientUri] = [...(changes[clientUri] ?? []), ...converted];
    documentChanges.push({ textDocument: { uri: clientUri, version: versionOf(files, uri) }, edits: converted });
  }
  return client.versionedEdits ? { documentChanges } : { changes };
}

/** What turning a change into an edit needs. */
export interface ChangeContext {
  readonly files: KnownFiles;
  readonly client: Client;
  readonly rangeIn: (uri: string, span: Span) => Range | undefined;
  /** The document that the user looks at, as the client spells it: what changes there needs no question. */
  readonly origin: string;
}

const otherFiles = "other-files";

/** A change of several files: created first, deleted last. What other files get is shown before it is done, where the client can. */
export function toFileChange(
  { edits, creates, deletes }: FileChange,
  context: ChangeContext,
): WorkspaceEdit | undefined {
  const { files, client, rangeIn, origin } = context;
  const annotated = <T extends object>(uri: string, it: T): T | (T & { readonly annotationId: string }) =>
    client.annotatesChanges && uri !== origin ? { ...it, annotationId: otherFiles } : it;
  const changed: TextDocumentEdit[] = [];
  for (const { uri, edits: of } of edits) {
    const clientUri = toClientUri(files, uri);
    const converted: (TextEdit | AnnotatedTextEdit)[] = [];
    for (const { span, text } of of) {
      const range = rangeIn(uri, span);
      if (range === undefined) return undefined;
      converted.push(annotated(clientUri, { range, newText: text }));
    }
    changed.push({ textDocument: { uri: clientUri, version: versionOf(files, uri) }, edits: converted });
  }
  const created = creates.flatMap(({ uri, text }): readonly (CreateFile | TextDocumentEdit)[] => [
    annotated(uri, { kind: "create", uri }),
    { textDocument: { uri, version: null }, edits: [annotated(uri, { range: start, newText: text })] },
  ]);
  const deleted = deletes.map((uri): DeleteFile => annotated(uri, { kind: "delete", uri: toClientUri(files, uri) }));
  return {
    documentChanges: [...created, ...changed, ...deleted],
    ...(client.annotatesChanges ? { changeAnnotations: { [otherFiles]: annotation } } : {}),
  };
}

const start: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

const annotation = { label: "Changes of other files", needsConfirmation: true };

function versionOf({ open }: KnownFiles, uri: string): number | null {
  return open.get(uri)?.version ?? null;
}
