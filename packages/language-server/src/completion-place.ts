import { aroundEdit, type CompletionWorkspace, type ManifestFile } from "@registry-cache/core";
import type { Position } from "vscode-languageserver-protocol";
import type { OpenDocument } from "./known-files.ts";
import type { Session } from "./session.ts";
import { offsetAt, type TextBuffer } from "./text-buffer.ts";

/** Where proposals are asked for, and what they may draw on. */
export interface CompletionPlace {
  readonly buffer: TextBuffer;
  readonly file: ManifestFile;
  readonly offset: number;
  readonly workspace: CompletionWorkspace;
}

/**
 * The place in a text that is not judged yet. Nearly all proposals need no more than its lines, and the list opens while somebody
 * types; those that name something have the text judged first. Undefined where it has to be judged to know the place.
 */
export function placeAhead(session: Session, document: OpenDocument, position: Position): CompletionPlace | undefined {
  const { ahead, inspection } = document;
  if (ahead?.replaced === undefined || inspection === undefined) return undefined;
  const { buffer, replaced } = ahead;
  const offset = offsetAt(buffer, position);
  const unread = { text: buffer.text, replaced, offset };
  const file = aroundEdit(inspection, unread, () => judgedAt(session, document, offset) ?? nothingAt(document));
  return file && { buffer, file, offset, workspace: new JudgedWorkspace(session) };
}

/** The place in a text that is judged, or now is. */
export function placeJudged(session: Session, document: OpenDocument, position: Position): CompletionPlace | undefined {
  session.late.finish();
  const { buffer } = document;
  const offset = offsetAt(buffer, position);
  const file = judgedAt(session, document, offset);
  return file && { buffer, file, offset, workspace: session.files.workspace };
}

function judgedAt({ late }: Session, document: OpenDocument, offset: number): ManifestFile | undefined {
  late.finish();
  return document.inspection?.around(offset);
}

function nothingAt({ uri, buffer: { text } }: OpenDocument): ManifestFile {
  return { uri, text, documents: [] };
}

/** The workspace with all changes judged, as soon as somebody asks it for anything. */
class JudgedWorkspace implements CompletionWorkspace {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  get garden(): CompletionWorkspace["garden"] {
    this.#session.late.finish();
    return this.#session.files.workspace.garden;
  }

  findingsOf(uri: string): ReturnType<CompletionWorkspace["findingsOf"]> {
    this.#session.late.finish();
    return this.#session.files.workspace.findingsOf(uri);
  }
}
