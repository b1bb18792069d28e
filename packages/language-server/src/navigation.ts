import { definitions, highlights, hover, type Place, references, rename, renameAt } from "@registry-cache/core";
import { ResponseError } from "vscode-jsonrpc";
import type { Location, LocationLink } from "vscode-languageserver-protocol";
import { isBoolean, isString, shape } from "./guards.ts";
import { aboutPlace, type DocumentPlace, define, readPlace } from "./in-document.ts";
import { isDocumentId, isPosition, lspErrors, type Method } from "./method.ts";
import { readFromDisk } from "./read-again.ts";
import type { Session } from "./session.ts";
import { rangeOf } from "./text-buffer.ts";
import { toClientUri, toRange } from "./to-lsp.ts";
import { toWorkspaceEdit } from "./workspace-edit.ts";

/** The requests that lead from a name to what it means, and back. */
export const navigation: { readonly [name: string]: Method } = {
  "textDocument/hover": aboutPlace("all files", ({ files }, { document, offset }) => {
    const found = hover(document.file, offset, files.workspace);
    return (
      found && { contents: { kind: "markdown", value: found.markdown }, range: rangeOf(document.buffer, found.span) }
    );
  }),
  "textDocument/definition": aboutPlace("all files", definitionAnswer),
  "textDocument/references": define("all files")(
    shape({ textDocument: isDocumentId, position: isPosition, context: shape({ includeDeclaration: isBoolean }) }),
    (session, params) => {
      const place = readPlace(session, params);
      if (place === undefined) return null;
      const { document, offset } = place;
      const options = { declaration: params.context.includeDeclaration };
      return toLocations(session, references(document.file, offset, session.files.workspace, options));
    },
  ),
  "textDocument/documentHighlight": aboutPlace("own text", (_, { document, offset }) =>
    highlights(document.file, offset).map(({ span, kind }) => {
      return { range: rangeOf(document.buffer, span), kind: kind === "write" ? 3 : 2 };
    }),
  ),
  "textDocument/prepareRename": aboutPlace("own text", (_, { document, offset }) => {
    const found = renameAt(document.file, offset);
    return found && { range: rangeOf(document.buffer, found.span), placeholder: found.name };
  }),
  "textDocument/rename": define("all files")(
    shape({ textDocument: isDocumentId, position: isPosition, newName: isString }),
    async (session, params) => {
      const place = readPlace(session, params);
      if (place === undefined) return null;
      const before = rename(place.document.file, place.offset, params.newName, session.files.workspace);
      // A client need not tell what has changed on the disk, and edits in a wrong place would break a file.
      if (before.ok) await readFromDisk(session, urisOf(before.value));
      const now = readPlace(session, params);
      return now && renameAnswer(session, now, params.newName);
    },
  ),
};

function urisOf(edits: readonly { readonly uri: string }[]): readonly string[] {
  return edits.map((it) => it.uri);
}

/** Places of files as the client has them. One that cannot be told is left out. */
export function toLocations({ files }: Session, places: readonly Place[]): readonly Location[] {
  return places.flatMap(({ uri, span }) => {
    const range = toRange(files, uri, span);
    return range === undefined ? [] : [{ uri: toClientUri(files, uri), range }];
  });
}

function definitionAnswer(session: Session, { document, offset }: DocumentPlace): unknown {
  const { files, client } = session;
  const found = definitions(document.file, offset, files.workspace);
  if (!client.definitionLinks)
    return toLocations(
      session,
      found.map(({ uri, nameSpan }) => ({ uri, span: nameSpan })),
    );
  return found.flatMap(({ origin, uri, span, nameSpan }): readonly LocationLink[] => {
    const targetRange = toRange(files, uri, span);
    const targetSelectionRange = toRange(files, uri, nameSpan);
    if (targetRange === undefined || targetSelectionRange === undefined) return [];
    const originSelectionRange = rangeOf(document.buffer, origin);
    return [{ originSelectionRange, targetUri: toClientUri(files, uri), targetRange, targetSelectionRange }];
  });
}

function renameAnswer({ files, client }: Session, { document, offset }: DocumentPlace, newName: string): unknown {
  const result = rename(document.file, offset, newName, files.workspace);
  if (!result.ok) return new ResponseError(lspErrors.requestFailed, result.error);
  const edit = toWorkspaceEdit(files, client, result.value);
  return edit ?? new ResponseError(lspErrors.requestFailed, "a file has changed meanwhile, try again");
}
