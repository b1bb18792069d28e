import type { Diagnostic } from "vscode-languageserver-protocol";
import type { Client } from "./client.ts";
import type { KnownFiles } from "./known-files.ts";
import { toDiagnostics } from "./to-lsp.ts";

/** The diagnostics of a file with the mark by which a client knows them again. */
export interface MarkedDiagnostics {
  readonly items: readonly Diagnostic[];
  readonly resultId: string;
}

/** Gives the diagnostics of a file; as long as they are the same they have the same mark. */
export type DiagnosticsOf = (uri: string) => MarkedDiagnostics;

/** Most files have no diagnostics, and all of these have this mark. */
const nothing = "none";

/** Makes the marks for one client. */
export function createMarks(files: KnownFiles, client: Client): DiagnosticsOf {
  const marks = new Map<string, { readonly json: string; readonly resultId: string }>();
  let count = 0;
  return (uri) => {
    const items = toDiagnostics(files, client, uri);
    if (items.length === 0) {
      marks.delete(uri);
      return { items, resultId: nothing };
    }
    const json = JSON.stringify(items);
    const known = marks.get(uri);
    if (known?.json === json) return { items, resultId: known.resultId };
    count += 1;
    marks.set(uri, { json, resultId: `${count}` });
    return { items, resultId: `${count}` };
  };
}
