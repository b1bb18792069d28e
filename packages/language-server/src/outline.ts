import {
  type InlayHint as CoreHint,
  type CodeLens as CoreLens,
  type DocumentSymbol as CoreSymbol,
  codeLenses,
  documentLinks,
  documentSymbols,
  foldingRanges,
  inlayHints,
  type SymbolKind as Kind,
  type Span,
  selectionRanges,
  workspaceSymbols,
} from "@registry-cache/core";
import type {
  CodeLens,
  DocumentSymbol,
  FoldingRange,
  InlayHint,
  SelectionRange,
  SymbolInformation,
  SymbolKind,
} from "vscode-languageserver-protocol";
import { credentialLenses } from "./credential-offers.ts";
import { isString, listOf, shape } from "./guards.ts";
import { aboutDocument, define, type ReadDocument, readDocument } from "./in-document.ts";
import { inRange, isDocumentId, isPosition, type Method } from "./method.ts";
import { toLocations } from "./navigation.ts";
import type { Session } from "./session.ts";
import { offsetAt, positionAt, rangeOf, spanOf, type TextBuffer } from "./text-buffer.ts";
import { toClientUri } from "./to-lsp.ts";

const kinds: { readonly [kind in Kind]: SymbolKind } = {
  shoot: 3,
  cache: 4,
  mirror: 11,
  resource: 14,
  secret: 19,
  list: 18,
  key: 20,
};

/** The requests that show what a document or the workspace consists of. */
export const outline: { readonly [name: string]: Method } = {
  "textDocument/documentSymbol": aboutDocument("own text", ({ client }, { clientUri, buffer, file }) => {
    const symbols = documentSymbols(file);
    return client.nestsSymbols
      ? symbols.map((it) => toSymbol(buffer, it))
      : symbols.flatMap((it) => flatten(clientUri, buffer, it));
  }),
  "workspace/symbol": define("all files")(shape({ query: isString }), (session, { query }) =>
    workspaceSymbols(session.files.workspace, query).flatMap(({ name, kind, container, uri, span }) =>
      toLocations(session, [{ uri, span }]).map((location): SymbolInformation => {
        return { name, kind: kinds[kind], location, ...(container === undefined ? {} : { containerName: container }) };
      }),
    ),
  ),
  "textDocument/codeLens": aboutDocument("all files", (session, document) => [
    ...codeLenses(document.file, session.files.workspace).map((it) => toLens(session, document, it)),
    ...credentialLenses(session, document),
  ]),
  "textDocument/foldingRange": aboutDocument("own text", (_, { buffer, file }) =>
    foldingRanges(file).flatMap((span) => toFolding(buffer, span)),
  ),
  "textDocument/selectionRange": define("own text")(
    shape({ textDocument: isDocumentId, positions: listOf(isPosition) }),
    (session, { textDocument, positions }) => {
      const document = readDocument(session, textDocument.uri);
      return document && positions.map((it) => toSelection(document, offsetAt(document.buffer, it)));
    },
  ),
  "textDocument/inlayHint": define("own text")(inRange, (session, { textDocument, range }) => {
    const document = readDocument(session, textDocument.uri);
    return document && inlayHints(document.file, spanOf(document.buffer, range)).map((it) => toHint(document, it));
  }),
  "textDocument/documentLink": aboutDocument("all files", ({ files }, { buffer, file }) =>
    documentLinks(file, files.workspace).map(({ span, target, tooltip }) => {
      return { range: rangeOf(buffer, span), target: toClientUri(files, target), tooltip };
    }),
  ),
};

function toSymbol(buffer: TextBuffer, { name, detail, kind, span, nameSpan, children }: CoreSymbol): DocumentSymbol {
  return {
    // Clients refuse a symbol without a name.
    name: name === "" ? kind : name,
    ...(detail === undefined ? {} : { detail }),
    kind: kinds[kind],
    range: rangeOf(buffer, span),
    selectionRange: rangeOf(buffer, nameSpan),
    children: children.map((it) => toSymbol(buffer, it)),
  };
}

function flatten(uri: string, buffer: TextBuffer, symbol: CoreSymbol): readonly SymbolInformation[] {
  const { name, kind, span, children } = symbol;
  const own = { name: name === "" ? kind : name, kind: kinds[kind], location: { uri, range: rangeOf(buffer, span) } };
  return [own, ...children.flatMap((it) => flatten(uri, buffer, it))];
}

/** Only a client that has the command can show the places; others show the title. */
function toLens(session: Session, { clientUri, buffer }: ReadDocument, { span, title, places }: CoreLens): CodeLens {
  const range = rangeOf(buffer, span);
  const name = "registryCache.showReferences";
  if (places.length === 0 || !session.client.own.commands.has(name)) return { range, command: { title, command: "" } };
  return {
    range,
    command: { title, command: name, arguments: [clientUri, range.start, toLocations(session, places)] },
  };
}

function toHint({ buffer }: ReadDocument, { offset, label, tooltip }: CoreHint): InlayHint {
  const position = positionAt(buffer, offset);
  return { position, label, paddingLeft: true, ...(tooltip === undefined ? {} : { tooltip }) };
}

function toFolding(buffer: TextBuffer, { start, end }: Span): readonly FoldingRange[] {
  const startLine = positionAt(buffer, start).line;
  const last = positionAt(buffer, end);
  // What ends with a line break ends on the line before.
  const endLine = last.character === 0 ? last.line - 1 : last.line;
  return endLine > startLine ? [{ startLine, endLine }] : [];
}

/** The client goes from the innermost outwards. */
function toSelection({ buffer, file }: ReadDocument, offset: number): SelectionRange {
  const spans = selectionRanges(file, offset);
  const outwards = [...spans].reverse();
  return outwards.reduce<SelectionRange>(
    (parent, span, index) => ({ range: rangeOf(buffer, span), ...(index === 0 ? {} : { parent }) }),
    { range: rangeOf(buffer, { start: offset, end: offset }) },
  );
}
