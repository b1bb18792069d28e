import type { ManifestFile } from "@registry-cache/core";
import type { ResponseError } from "vscode-jsonrpc";
import type { Soon } from "./file-source.ts";
import type { OpenDocument } from "./known-files.ts";
import {
  type AtPosition,
  atPosition,
  type InDocument,
  inDocument,
  type Method,
  method,
  waitingMethod,
} from "./method.ts";
import { openDocument, type Session } from "./session.ts";
import { offsetAt } from "./text-buffer.ts";

/** An open document that was read. */
export interface ReadDocument extends OpenDocument {
  readonly file: ManifestFile;
}

/** A place in a document that was read. */
export interface DocumentPlace {
  readonly document: ReadDocument;
  readonly offset: number;
}

/** Whether an answer needs other files, and so has to wait until they are read. */
export type Needs = "own text" | "all files";

/** A request about a document; of one that is not open nothing is said. */
export function aboutDocument(needs: Needs, answer: (session: Session, document: ReadDocument) => unknown): Method {
  return define(needs)(inDocument, (session, { textDocument }: InDocument) => {
    const document = readDocument(session, textDocument.uri);
    return document && answer(session, document);
  });
}

/** A request about a place in a document. */
export function aboutPlace<A>(
  needs: Needs,
  answer: (session: Session, place: DocumentPlace) => A,
): Method<AtPosition, Soon<A | undefined | ResponseError>> {
  return define(needs)(atPosition, (session, given: AtPosition): A | undefined => {
    const place = readPlace(session, given);
    return place && answer(session, place);
  });
}

/** The way of a method that needs this much. */
export function define(needs: Needs): typeof method {
  return needs === "all files" ? waitingMethod : method;
}

/** A document that the client names, as it is now. */
export function readDocument(session: Session, uri: string): ReadDocument | undefined {
  const document = openDocument(session, uri);
  return document?.inspection && { ...document, file: document.inspection.file() };
}

/** A place that the client names. */
export function readPlace(session: Session, { textDocument, position }: AtPosition): DocumentPlace | undefined {
  const document = readDocument(session, textDocument.uri);
  return document && { document, offset: offsetAt(document.buffer, position) };
}
