import { type Action, editorActions, resolveAction, rotationFiles, type Span } from "@registry-cache/core";
import { ResponseError } from "vscode-jsonrpc";
import type { CodeAction } from "vscode-languageserver-protocol";
import { wantsKind } from "./action-kinds.ts";
import type { Client } from "./client.ts";
import { isObject, isString, shape, valueAt } from "./guards.ts";
import { define, type ReadDocument } from "./in-document.ts";
import { type ReadText, readTexts } from "./manifest-texts.ts";
import { lspErrors, type Method } from "./method.ts";
import type { Session } from "./session.ts";
import { createBuffer, positionAt, rangeOf } from "./text-buffer.ts";
import { toRange } from "./to-lsp.ts";
import { toFileChange } from "./workspace-edit.ts";

const kinds: { readonly [kind in Action["kind"]]: string } = {
  rotate: "refactor.rewrite",
  switch: "refactor.rewrite",
  finish: "refactor.rewrite",
  "create-secret": "quickfix",
};

/** Rotations that can begin or end at a place, and a Secret to be created. What they change is worked out when one is chosen. */
export function rotationActions(
  { client, files, scan }: Session,
  { file, clientUri }: ReadDocument,
  span: Span,
  only: readonly string[] | undefined | null,
): readonly CodeAction[] {
  // Before all files are read a Secret that is there would be offered to be created.
  if (!changesFiles(client) || scan.isRunning()) return [];
  const today = new Date().toISOString().slice(0, 10);
  return editorActions(file, span, files.workspace, today).flatMap(({ title, kind, data }) => {
    return wantsKind(only, kinds[kind]) ? [{ title, kind: kinds[kind], data: { uri: clientUri, action: data } }] : [];
  });
}

function changesFiles({ resolvesActions, createsFiles, deletesFiles }: Client): boolean {
  return resolvesActions && createsFiles && deletesFiles;
}

const isOurs = shape({ title: isString, data: shape({ uri: isString, action: isObject }) });

/** The request for the edit of a chosen action. */
export const actionResolve: { readonly [name: string]: Method } = {
  "codeAction/resolve": define("all files")(isObject, (session, action) => {
    // A fix has its edit already.
    return isOurs(action) ? resolve(session, action, action.data) : action;
  }),
};

async function resolve(
  session: Session,
  action: object,
  { uri, action: data }: { uri: string; action: object },
): Promise<unknown> {
  const { files, client } = session;
  const texts = await textsFor(session, data);
  const result = resolveAction(data, (it) => texts.get(it)?.file, files.workspace);
  if (!result.ok) return new ResponseError(lspErrors.requestFailed, result.error);
  const rangeIn = (of: string, span: Span) => {
    const read = texts.get(of);
    return read === undefined ? toRange(files, of, span) : rangeOf(read.buffer, span);
  };
  const edit = toFileChange(result.value, { files, client, rangeIn, origin: uri });
  if (edit === undefined) return new ResponseError(lspErrors.requestFailed, "a file has changed meanwhile, try again");
  const [created] = result.value.creates.filter((it) => it.cursor !== undefined);
  const name = "registryCache.openAt";
  if (created === undefined || !client.own.commands.has(name)) return { ...action, edit };
  const position = positionAt(createBuffer(created.text, client.encoding), created.cursor ?? 0);
  const command = { title: "Fill in the values", command: name, arguments: [{ uri: created.uri, position }] };
  return { ...action, edit, command };
}

/** The texts that a plan needs. */
function textsFor(session: Session, data: object): Promise<ReadonlyMap<string, ReadText>> {
  const [name, namespace, uri] = ["name", "namespace", "uri"].map((it) => valueAt(data, it));
  const secret = { name: isString(name) ? name : "", namespace: isString(namespace) ? namespace : undefined };
  return readTexts(session, [...rotationFiles(secret, session.files.workspace), ...(isString(uri) ? [uri] : [])]);
}
