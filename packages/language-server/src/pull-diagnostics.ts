import type { CancellationToken, ResponseError } from "vscode-jsonrpc";
import type {
  DocumentDiagnosticReport,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver-protocol";
import { cancelled, orCancelled } from "./method.ts";
import type { Session } from "./session.ts";
import { toClientUri } from "./to-lsp.ts";
import { canonicalUri } from "./uri.ts";

/** Answers for one document: its diagnostics, or that they are those the client has. */
export function pullDocument(
  { diagnostics }: Session,
  uri: string,
  previous: string | undefined,
): DocumentDiagnosticReport {
  const { items, resultId } = diagnostics.of(canonicalUri(uri));
  return resultId === previous ? { kind: "unchanged", resultId } : { kind: "full", resultId, items: [...items] };
}

/** What a client knows of a file. */
export interface PreviousResult {
  readonly uri: string;
  readonly value: string;
}

/**
 * Answers for all files, or for those that changed since the client asked last. While nothing changes the answer waits,
 * so that a client which asks again and again does not keep both of us busy.
 */
export async function pullWorkspace(
  session: Session,
  previous: readonly PreviousResult[],
  token: CancellationToken,
): Promise<WorkspaceDiagnosticReport | ResponseError> {
  const { diagnostics, files } = session;
  const known = new Map(previous.map(({ uri, value }) => [canonicalUri(uri), value]));
  const fresh = known.size === 0;
  for (let asked = fresh; !token.isCancellationRequested; asked = false) {
    const changed = diagnostics.takeChanged();
    const uris = asked ? files.workspace.uris() : changed;
    const told = [...uris].flatMap((uri) => {
      const report = reportOf(session, uri, known.get(uri));
      return report === undefined ? [] : [{ uri, report }];
    });
    if (asked || told.length > 0) {
      diagnostics.answered(told.map((it) => it.uri));
      return { items: told.map((it) => it.report) };
    }
    await orCancelled(diagnostics.nextChange(), token);
  }
  return cancelled();
}

/** Nothing is said of files that the client knows, or that have nothing and never had. */
function reportOf(
  { diagnostics, files }: Session,
  uri: string,
  previous: string | undefined,
): WorkspaceDocumentDiagnosticReport | undefined {
  const { items, resultId } = diagnostics.of(uri);
  if (resultId === previous || (items.length === 0 && previous === undefined)) return undefined;
  const version = files.open.get(uri)?.version ?? null;
  return { kind: "full", uri: toClientUri(files, uri), version, resultId, items: [...items] };
}
