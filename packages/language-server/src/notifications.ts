import { isAnything, isInteger, isString, listOf, optional, shape } from "./guards.ts";
import { inDocument, isRange, type Methods, method } from "./method.ts";
import {
  changeFiles,
  changeFolders,
  changeSettings,
  changeText,
  closeText,
  openText,
  renameFiles,
  saveText,
} from "./synchronize.ts";

const isFolders = listOf(shape({ uri: isString }));
const isProgressToken = (value: unknown): value is string | number => isString(value) || isInteger(value);

/** What clients tell, by name. What is not here is none of our business. */
export const notifications: Methods = {
  "textDocument/didOpen": method(
    shape({ textDocument: shape({ uri: isString, version: isInteger, text: isString }) }),
    (session, { textDocument }) => openText(session, textDocument),
  ),
  "textDocument/didChange": method(
    shape({
      textDocument: shape({ uri: isString, version: isInteger }),
      contentChanges: listOf(shape({ range: optional(isRange), text: isString })),
    }),
    (session, { textDocument, contentChanges }) => changeText(session, textDocument, contentChanges),
  ),
  "textDocument/didClose": method(inDocument, (session, { textDocument }) => closeText(session, textDocument.uri)),
  "textDocument/didSave": method(inDocument, (session, { textDocument }) => saveText(session, textDocument.uri)),
  "workspace/didChangeWatchedFiles": method(
    shape({ changes: listOf(shape({ uri: isString })) }),
    (session, { changes }) =>
      changeFiles(
        session,
        changes.map((it) => it.uri),
      ),
  ),
  "workspace/didRenameFiles": method(
    shape({ files: listOf(shape({ oldUri: isString, newUri: isString })) }),
    (session, { files }) => renameFiles(session, files),
  ),
  "workspace/didDeleteFiles": method(shape({ files: listOf(shape({ uri: isString })) }), (session, { files }) =>
    changeFiles(
      session,
      files.map((it) => it.uri),
    ),
  ),
  "workspace/didChangeWorkspaceFolders": method(
    shape({ event: shape({ added: isFolders, removed: isFolders }) }),
    (session, { event }) => {
      const [added, removed] = [event.added, event.removed].map((of) => of.map((it) => it.uri));
      changeFolders(session, added ?? [], removed ?? []);
    },
  ),
  "window/workDoneProgress/cancel": method(shape({ token: isProgressToken }), ({ scan }, { token }) =>
    scan.cancel(`${token}`),
  ),
  "workspace/didChangeConfiguration": method(shape({ settings: isAnything }), (session, { settings }) =>
    changeSettings(session, settings),
  ),
};
